"""Serves moto on a free loopback port, and differs from `moto_server` in what is listed here.

1. It binds port 0 and prints one line of JSON with the port, so that nobody has to guess a free one.
2. It ends when its standard input closes: a parent that was killed leaves no orphan.
3. An action or a service moto lacks is answered with 501 instead of 500, because AWS SDKs retry a 500 for minutes.
4. It corrects moto where the baseline would stumble over it: see corrections/.
5. `POST /sandbox/iam-dates` BACK-DATES IAM USERS AND ACCESS KEYS. No AWS API can do that, and moto stamps everything
   with the present; an account whose keys are years old cannot be had otherwise. The body is
   {"account": ID, "users": {NAME: {"created": ISO}}, "accessKeys": {ID: {"created": ISO, "lastUsed": {"date": ISO, "service": S,
   "region": R}}}}. The facts are then read through the IAM API like any other.
6. `POST /sandbox/aws-says` TELLS AWS HEALTH AND GUARDDUTY WHAT THEY KNOW, because no AWS API can. The body is
   {"events": [EVENT]}, each in the form in which EventBridge gets it from `aws.health` or `aws.guardduty`.
7. `POST /sandbox/trail-keys` GIVES CLOUDTRAIL PUBLIC KEYS, with which digest files in a bucket are signed: moto delivers
   none, so a test writes its own. The body is {"keys": [{"region": R, "fingerprint": F, "value": BASE64 OF PKCS #1,
   "validFrom": SECONDS, "validTo": SECONDS}]}. They are then listed by ListPublicKeys.
8. `POST /sandbox/save` WRITES THE STATE TO A NEW FILE, `{"path": PATH}`; an emulator started with that path as its only
   argument begins with it.
"""

import json
import logging
import os
import sys
import threading
from datetime import datetime, timezone

for name in [key for key in os.environ if key.startswith("AWS_")]:
    del os.environ[name]
os.environ.update(
    AWS_ACCESS_KEY_ID="sandbox",
    AWS_SECRET_ACCESS_KEY="sandbox",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    AWS_EC2_METADATA_DISABLED="true",
    MOTO_IAM_LOAD_MANAGED_POLICIES="true",
)


import moto  # noqa: E402
from cbor import as_cbor, as_json, speaks_cbor  # noqa: E402
from corrections import correct  # noqa: E402
from corrections.history import give, remember_calls  # noqa: E402
from corrections.sources import HEALTH, answer_health, say  # noqa: E402
from corrections.trail import sign_with  # noqa: E402
from saved import load, save  # noqa: E402
from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402
from werkzeug.wrappers import Request, Response  # noqa: E402

# Ordered by when the program asks for them; ec2 takes as long to load as all the others together.
SERVICES = [
    "iam", "sts", "ec2", "kms", "s3", "sns", "guardduty", "events", "logs", "cloudtrail", "sqs", "s3control",
    "account", "backup", "cloudwatch", "config", "budgets", "stepfunctions",
]  # fmt: skip


def back_date(request):
    from moto.core import DEFAULT_ACCOUNT_ID
    from moto.iam.models import AccessKeyLastUsed, iam_backends

    def moment(text):
        # IAM keeps whole seconds in UTC; moto's own dates carry no zone.
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc).replace(tzinfo=None)

    asked = request.get_json(force=True)
    iam = iam_backends[asked.get("account", DEFAULT_ACCOUNT_ID)]["aws"]
    for name, facts in asked.get("users", {}).items():
        iam.get_user(name).create_date = moment(facts["created"])
    for key_id, facts in asked.get("accessKeys", {}).items():
        key = iam.access_keys[key_id]
        key.create_date = moment(facts["created"])
        used = facts.get("lastUsed")
        key.last_used = used and AccessKeyLastUsed(moment(used["date"]), used["service"], used["region"])
    return Response("{}", mimetype="application/json")


correcting = threading.Lock()


def create_app(service):
    if service is None:
        raise NotImplementedError("This emulator lacks the service.")
    with correcting:
        correct(service)
    return create_backend_app(service)


class Emulator:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_app)

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO") == "/sandbox/iam-dates":
            return back_date(Request(environ))(environ, start_response)
        if environ.get("PATH_INFO") == "/sandbox/event-history":
            give(Request(environ).get_json(force=True)["records"])
            return Response("{}", mimetype="application/json")(environ, start_response)
        if environ.get("PATH_INFO") == "/sandbox/save":
            save(Request(environ).get_json(force=True)["path"])
            return Response("{}", mimetype="application/json")(environ, start_response)
        if environ.get("PATH_INFO") == "/sandbox/trail-keys":
            sign_with(Request(environ).get_json(force=True)["keys"])
            return Response("{}", mimetype="application/json")(environ, start_response)
        if environ.get("PATH_INFO") == "/sandbox/aws-says":
            say(Request(environ).get_json(force=True)["events"])
            return Response("{}", mimetype="application/json")(environ, start_response)
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if target.startswith(HEALTH):
            status, text = answer_health(target, Request(environ).get_data())
            headers = {"x-amzn-requestid": "health"}
            return Response(text, status, headers, "application/x-amz-json-1.1")(environ, start_response)
        if speaks_cbor(environ):
            twin = as_json(environ)
            answer = Response.from_app(self.answer, twin)
            headers, content = as_cbor(environ, answer.status_code, answer.get_data())
            return Response(content, answer.status, headers)(environ, start_response)
        return self.answer(environ, start_response)

    def answer(self, environ, start_response):
        try:
            return self.moto(environ, start_response)
        except NotImplementedError as lacking:
            return not_implemented(environ, str(lacking))(environ, start_response)
        except ImportError as lacking:
            # What moto[server] would install for the service and requirements.in leaves out.
            return not_implemented(environ, f"This emulator lacks the service: {lacking}")(environ, start_response)

    def load(self):
        """Ahead of the first request, outside the dispatcher's lock, so that a slow service holds up no other."""
        for service in SERVICES:
            self.moto.app_instances.setdefault(service, create_app(service))


def not_implemented(environ, message):
    query = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    if query or "/s3/aws4_request" in environ.get("HTTP_AUTHORIZATION", ""):
        text = f"<ErrorResponse><Error><Code>NotImplemented</Code><Message>{message}</Message></Error></ErrorResponse>"
        return Response(text, 501, mimetype="text/xml")
    return Response(json.dumps({"__type": "NotImplemented", "message": message}), 501, mimetype="application/json")


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


def serve(emulator):
    """Listens on a free port and says so; what it still has to load is loaded meanwhile."""
    server = make_server("127.0.0.1", 0, emulator, threaded=True, request_handler=MotoRequestHandler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    facts = {"port": server.server_port, "moto": moto.__version__, "python": sys.version.split()[0], "pid": os.getpid()}
    print(json.dumps(facts), flush=True)
    threading.Thread(target=emulator.load, daemon=True).start()
    server.serve_forever()


def prepare():
    """The emulator, with nothing loaded: moto loads a service when it is first asked for."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    remember_calls()
    return Emulator()


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    emulator = prepare()
    if len(sys.argv) > 1:
        emulator.load()
        load(sys.argv[1])
    serve(emulator)
