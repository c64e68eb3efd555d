"""CloudWatch in the protocol that newer SDKs speak, Smithy RPC v2 CBOR, where moto knows JSON and queries only. A request
is turned into its JSON twin, and the answer into CBOR. Both are botocore's own work.

Source: Smithy specification, "Smithy RPC v2 CBOR protocol"
"""

import io
import json
from datetime import datetime

PATH = "/service/GraniteServiceVersion20100801/operation/"


def speaks_cbor(environ):
    return environ.get("PATH_INFO", "").startswith(PATH)


def as_json(environ):
    """The same request as JSON. Members have the same names in both."""
    from botocore.parsers import RpcV2CBORParser

    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    parser = RpcV2CBORParser()
    asked = parser.parse_data_item(parser.get_peekable_stream_from_bytes(body)) if body else {}
    text = json.dumps(asked, default=seconds).encode()
    return {
        **environ,
        "PATH_INFO": "/",
        "REQUEST_URI": "/",
        "RAW_URI": "/",
        "CONTENT_TYPE": "application/x-amz-json-1.0",
        "CONTENT_LENGTH": str(len(text)),
        "HTTP_X_AMZ_TARGET": f"GraniteServiceVersion20100801.{operation_of(environ)}",
        "wsgi.input": io.BytesIO(text),
    }


def as_cbor(environ, status, body):
    """Headers and body of an answer that moto gave in JSON."""
    from moto.core.utils import get_service_model

    told = json.loads(body or b"{}")
    if status >= 400:
        told = {"__type": told.get("__type", "InternalFailure"), "message": told.get("message") or told.get("Message", "")}
        content = encoded(told, None)
    else:
        content = encoded(told, get_service_model("cloudwatch").operation_model(operation_of(environ)).output_shape)
    headers = [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")]
    if status >= 400:
        headers.append(("x-amzn-query-error", f"{told['__type']};{'Sender' if status < 500 else 'Receiver'}"))
    return [*headers, ("Content-Length", str(len(content)))], content


def operation_of(environ):
    return environ["PATH_INFO"][len(PATH) :]


def seconds(value):
    if isinstance(value, datetime):
        return value.timestamp()
    raise TypeError(f"no JSON for {type(value).__name__}")


def encoded(value, shape):
    from botocore.serialize import RpcV2CBORSerializer

    content = bytearray()
    serializer = RpcV2CBORSerializer()
    if shape is not None:
        serializer._serialize_data_item(content, value, shape)
    else:
        # A map of texts, short enough for its size to fit into the first byte.
        content.append(serializer.MAP_MAJOR_TYPE << 5 | len(value))
        for text in (each for pair in value.items() for each in pair):
            serializer._serialize_type_string(content, str(text), None, None)
    return bytes(content)
