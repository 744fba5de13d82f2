-- wrk: sends each request of the file REQUESTS once, then begins anew. A line is id, timestamp, signature, body.
local prepared, at = {}, 0

function init(arguments)
  for line in io.lines(os.getenv("REQUESTS")) do
    local id, timestamp, signature, body = line:match("^(%S+) (%S+) (%S+) (.+)$")
    prepared[#prepared + 1] = wrk.format("POST", "/api/webhooks/partners/hsi", {
      ["Content-Type"] = "application/json",
      ["webhook-id"] = id,
      ["webhook-timestamp"] = timestamp,
      ["webhook-signature"] = signature,
    }, body)
  end
end

function request()
  at = at % #prepared + 1
  return prepared[at]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("RESULT %d %f %f %f %d", summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
