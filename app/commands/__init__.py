"""Commands of `flask --app app`, one module each; app/cli.py registers them."""
