"""Signed webhooks over HTTP, through each web server that could be ours."""
