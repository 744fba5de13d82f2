"""Mails that come back, as mail servers write them: each for the return path of one of our mails."""

from __future__ import annotations

import base64
import quopri
from typing import NamedTuple

STUDENT = "jane.student@college.example"
ELSEWHERE = "jane@elsewhere.example"  # where her mails are forwarded to
ORIGINAL = f"""\
Return-Path: <RETURN_PATH>
From: Handoff <handoff@school.example>
To: {STUDENT}
Subject: A step waits for you
Message-ID: <11111111-2222-4333-8444-555555555555@handoff.example>
"""

POSTFIX = """\
Return-Path: <>
X-Original-To: RETURN_PATH
Delivered-To: bounces@school.example
Received: by mx.school.example (Postfix) id 4XY1; Mon,  5 Jan 2026 09:00:00 +0000 (UTC)
Date: Mon,  5 Jan 2026 09:00:00 +0000 (UTC)
From: MAILER-DAEMON@mx.school.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: RETURN_PATH
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4XY1.1767603600/mx.school.example"
Content-Transfer-Encoding: 8bit

This is a MIME-encapsulated message.

--4XY1.1767603600/mx.school.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

<STUDENT>: host mx.college.example[192.0.2.7] said: 550 5.1.1
    <STUDENT>: Recipient address rejected: User unknown (in reply to RCPT TO command)

--4XY1.1767603600/mx.school.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.school.example
X-Postfix-Queue-ID: 4XY1
X-Postfix-Sender: rfc822; RETURN_PATH
Arrival-Date: Mon,  5 Jan 2026 08:59:58 +0000 (UTC)

Final-Recipient: rfc822; STUDENT
Original-Recipient: rfc822;STUDENT
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.college.example
Diagnostic-Code: smtp; 550 5.1.1 <STUDENT>: Recipient address rejected:
    User unknown

--4XY1.1767603600/mx.school.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

ORIGINAL
--4XY1.1767603600/mx.school.example--
"""

EXCHANGE = """\
From: <postmaster@college.example>
To: <RETURN_PATH>
Date: Mon, 5 Jan 2026 09:00:03 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="d41d8cd9-8f00-b204-e980-0998ecf8427e"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Message-ID: <0a1b@college.example>
In-Reply-To: <11111111-2222-4333-8444-555555555555@handoff.example>
Subject: Undeliverable: A step waits for you
Auto-Submitted: auto-replied
MIME-Version: 1.0

--d41d8cd9-8f00-b204-e980-0998ecf8427e
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="aaaabbbb"

--aaaabbbb
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to STUDENT couldn't be delivered.=20

--aaaabbbb
Content-Type: text/html; charset="us-ascii"

<html><body>Your message couldn't be delivered.</body></html>

--aaaabbbb--

--d41d8cd9-8f00-b204-e980-0998ecf8427e
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01.college.example
Received-From-MTA: dns;mx.school.example
Arrival-Date: Mon, 5 Jan 2026 09:00:02 +0000

Original-Recipient: rfc822;STUDENT
Final-Recipient: rfc822;STUDENT
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: Jane Student

--d41d8cd9-8f00-b204-e980-0998ecf8427e
Content-Type: message/rfc822

ORIGINAL
Hello Jane,
--d41d8cd9-8f00-b204-e980-0998ecf8427e--
"""

GMAIL = """\
Delivered-To: RETURN_PATH
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: RETURN_PATH
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; boundary="000000000000a1b2c3"; report-type=delivery-status
X-Failed-Recipients: STUDENT
MIME-Version: 1.0

--000000000000a1b2c3
Content-Type: multipart/related; boundary="000000000000d4e5f6"

--000000000000d4e5f6
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: base64

PGgyPkFkZHJlc3Mgbm90IGZvdW5kPC9oMj4=
--000000000000d4e5f6
Content-Type: image/png; name="icon.png"
Content-Disposition: attachment; filename="icon.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--000000000000d4e5f6--
--000000000000a1b2c3
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Mon, 05 Jan 2026 01:00:02 -0800 (PST)
X-Original-Message-ID: <11111111-2222-4333-8444-555555555555@handoff.example>

Final-Recipient: rfc822; STUDENT
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Mon, 05 Jan 2026 01:00:03 -0800 (PST)

--000000000000a1b2c3
Content-Type: message/rfc822

ORIGINAL
--000000000000a1b2c3--
"""

# Qmail's own form, from before there was a standard: plain text only.
QMAIL = """\
Return-Path: <>
Delivered-To: RETURN_PATH
From: MAILER-DAEMON@mail.college.example
To: RETURN_PATH
Subject: failure notice

Hi. This is the qmail-send program at mail.college.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<STUDENT>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

ORIGINAL
"""

# Without a status, and with a report in which the address stands only among its own fields.
OLD = """\
From: postmaster@college.example
To: undisclosed-recipients:;
Subject: NOTICE: mail delivery status.
Content-Type: MULTIPART/REPORT; report-type=delivery-status; boundary=xx

--xx
Content-Type: message/delivery-status

Reporting-MTA: dns; old.college.example
X-Sender: rfc822; RETURN_PATH

FINAL-RECIPIENT: rfc822; STUDENT
ACTION: FAILED (no such mailbox)
Diagnostic-Code: smtp; 553 sorry, that domain isn't in my list

--xx--
"""

# For addresses beyond ASCII (RFC 6533).
GLOBAL = """\
Return-Path: <>
Delivered-To: RETURN_PATH
From: MAILER-DAEMON@mx.school.example
To: RETURN_PATH
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=gg
Content-Transfer-Encoding: 8bit

--gg
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

<jürgen@college.example>: unknown

--gg
Content-Type: message/global-delivery-status
Content-Transfer-Encoding: 8bit

Reporting-MTA: dns; mx.school.example
X-Postfix-Sender: utf-8; RETURN_PATH

Final-Recipient: utf-8; jürgen@college.example
Action: failed
Status: 5.1.1

--gg--
"""

AWAY = """\
From: Jane Student <STUDENT>
To: RETURN_PATH
Subject: Automatic reply: A step waits for you
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
Content-Type: text/plain; charset=utf-8

I am away until Monday. Status: 5.1.1 is how I feel. Action: failed.
"""

FORWARDED = """\
From: somebody@elsewhere.example
To: RETURN_PATH
Subject: Fwd: look what came back
Content-Type: multipart/mixed; boundary=ff

--ff
Content-Type: message/rfc822

OTHER
--ff--
"""

PERSON = """\
From: Jane Student <STUDENT>
To: RETURN_PATH
Subject: Re: A step waits for you

I have moved. Please write to my other address.
"""

DELIVERED = "Action: delivered\nStatus: 2.0.0"


class Report(NamedTuple):
    """A mail, and what it means: hard or soft with a status, of whom, or nothing."""

    text: str
    is_hard: bool | None = None
    status: str | None = None
    recipients: tuple[str, ...] = (STUDENT,)


def _of_postfix(fields: str) -> str:
    return POSTFIX.replace("Action: failed\nStatus: 5.1.1", fields)


REPORTS = {
    "postfix": Report(POSTFIX, True, "5.1.1"),
    "exchange": Report(EXCHANGE, True, "5.1.10"),
    "gmail": Report(GMAIL, True, "5.1.1"),
    "an old server, without a status": Report(OLD, True, "5.0.0"),
    "of an address beyond ASCII": Report(GLOBAL, True, "5.1.1", ("jürgen@college.example",)),
    "lines that end as in SMTP": Report(POSTFIX.replace("\n", "\r\n"), True, "5.1.1"),
    "cut off after the report": Report(POSTFIX.partition("Content-Description: Undelivered")[0], True, "5.1.1"),
    "cut off within the report": Report(POSTFIX.partition("Remote-MTA")[0], True, "5.1.1"),
    "the worst of several": Report(
        _of_postfix(
            "Action: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; <STUDENT>\nAction: failed\nStatus: 5.4.1"
        ),
        True,
        "5.4.1",
    ),
    "of where it was forwarded to": Report(
        POSTFIX.replace("Final-Recipient: rfc822; STUDENT", f"Final-Recipient: rfc822; {ELSEWHERE}"),
        True,
        "5.1.1",
        (ELSEWHERE,),
    ),
    "of where it was forwarded to, and no more": Report(
        POSTFIX.replace("Final-Recipient: rfc822; STUDENT", f"Final-Recipient: rfc822; {ELSEWHERE}").replace(
            "Original-Recipient: rfc822;STUDENT\n", ""
        ),
        True,
        "5.1.1",
        (ELSEWHERE,),
    ),
    "of two, one after the other": Report(
        _of_postfix(
            f"Action: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; {ELSEWHERE}\nAction: failed\nStatus: 5.1.1"
        ),
        True,
        "5.1.1",
        (STUDENT, ELSEWHERE),
    ),
    "where it went can't be read": Report(POSTFIX.replace("rfc822; STUDENT", "x400; C=de"), True, "5.1.1"),
    "without a recipient": Report(OLD.replace("FINAL-RECIPIENT: rfc822; STUDENT\n", ""), True, "5.0.0", ()),
    "of an address beyond ASCII, in ASCII": Report(
        GLOBAL.replace("utf-8; jürgen@college.example", "utf-8; j\\x{FC}rgen@xn--schle-mva.example"),
        True,
        "5.1.1",
        ("jürgen@schüle.example",),
    ),
    "delayed": Report(_of_postfix("Action: delayed\nStatus: 4.4.1"), False, "4.4.1"),
    "given up after days": Report(_of_postfix("Action: failed\nStatus: 4.4.7"), False, "4.4.7"),
    "refused for who we are": Report(_of_postfix("Action: failed\nStatus: 5.7.26"), False, "5.7.26"),
    "delayed, with a final status": Report(_of_postfix("Action: delayed\nStatus: 5.1.1"), False, "5.1.1"),
    "delivered": Report(_of_postfix(DELIVERED)),
    "delivered, and what the other server said before": Report(_of_postfix("Action: relayed\nStatus: 2.1.5")),
    "failed, with a good status": Report(_of_postfix("Action: failed\nStatus: 2.0.0")),
    "without an action": Report(_of_postfix("Status: 5.1.1")),
    "a status that is none": Report(
        _of_postfix("Action: failed\nStatus: 99.99").replace("Diagnostic-Code: smtp; 550 5.1.1", "X: y")
    ),
    "cut off before the report": Report(POSTFIX.partition("Content-Type: message/delivery-status")[0]),
    "qmail": Report(QMAIL),
    "away": Report(AWAY),
    "of a person": Report(PERSON),
    "another's report, forwarded": Report(FORWARDED.replace("OTHER", POSTFIX.replace("RETURN_PATH", "x@y.example"))),
}


def mail(name: str, return_path: str) -> bytes:
    """One of them, about the mail with this return path."""
    return filled(REPORTS[name].text, return_path)


def filled(text: str, return_path: str) -> bytes:
    """A text of here with its addresses."""
    for blank, said in (("ORIGINAL", ORIGINAL), ("STUDENT", STUDENT), ("RETURN_PATH", return_path)):
        text = text.replace(blank, said)
    return text.encode()


def _nested(inner: str, depth: int, kind: str) -> str:
    return "".join(f"Content-Type: {kind}; boundary=b{n}\n\n--b{n}\n" for n in range(depth)) + inner


def hostile(return_path: str) -> dict[str, bytes]:
    """What would be a hard bounce, in a form that hurts who reads it carelessly; all of it is to be ignored."""
    good = mail("postfix", return_path)
    head = f"To: {return_path}\n".encode()
    return {
        "two megabytes": good + b"x" * (2 << 20),
        "two megabytes of nothing": b"\n" * (2 << 20),
        "two megabytes of noise": bytes(range(256)) * (1 << 13),
        "a thousand parts in each other": head + _nested(POSTFIX, 1000, "multipart/mixed").encode(),
        "a thousand mails in each other": head + b"Content-Type: message/rfc822\n\n" * 1000 + good,
        "a hundred thousand blocks": head + b"Content-Type: message/delivery-status\n\n" + b"\n" * 100_000 + good,
        "a million other lines": head + b"Content-Type: message/delivery-status\n\n" + b"\r" * 1_000_000,
        "a header of a megabyte": b"To: " + b"bounces+" * (1 << 16) + b"\n\n",
        "nothing": b"",
        "no mail": b"\xff\xfe\x00" * 100,
        "a report in a report that is text": head + b"Content-Type: text/plain\n\n" + good,
        "a report in base64": head
        + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(good),
        "a report in quoted-printable": head
        + b"Content-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(good),
    }
