"""Writes what the emulated account holds to a file, and gives it to an emulator that has just begun.

The file is a pickle: whoever can write it can run code here. It is made by this package, in a folder of the user's own.
"""

import gc
import pickle
import sys
import threading

from corrections import history, sources, trail
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from moto.core.base_backend import AccountSpecificBackend, BackendDict

LOCK, RLOCK = type(threading.Lock()), type(threading.RLock())
PRIVATE_KEYS = (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey, ed25519.Ed25519PrivateKey)


def private_key(der):
    return serialization.load_der_private_key(der, None)


class Pickler(pickle.Pickler):
    def reducer_override(self, thing):
        if isinstance(thing, LOCK):
            return threading.Lock, ()
        if isinstance(thing, RLOCK):
            return threading.RLock, ()
        if isinstance(thing, PRIVATE_KEYS):
            how = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            return private_key, (thing.private_bytes(*how),)
        if isinstance(thing, (AccountSpecificBackend, BackendDict)):
            # A copy of it would be one that nobody asks.
            raise pickle.PicklingError(f"the state refers to all accounts of {thing.service_name}")
        return NotImplemented


def accounts_of(backend):
    """moto keeps the accounts of each kind of backend in one object, next to its class."""
    module = vars(sys.modules[backend.__module__])
    return next(each for each in module.values() if isinstance(each, BackendDict) and each.backend is backend)


def save(path):
    """@param path of a new file; no other request may be under way"""
    held = [
        (each.backend, account, dict(dict.items(regions)))
        for each in BackendDict._instances
        for account, regions in each.items()
    ]
    state = {"held": held, "calls": history.told_so_far(), "said": sources.SAID, "keys": trail.signing_keys}
    with open(path, "xb") as file:
        Pickler(file, protocol=5).dump(state)


def load(path):
    # Nothing of it is garbage, and looking for some takes longer than the rest.
    gc.disable()
    try:
        with open(path, "rb") as file:
            state = pickle.load(file)
    finally:
        gc.enable()
    for backend, account, regions in state["held"]:
        for region, each in regions.items():
            dict.__setitem__(accounts_of(backend)[account], region, each)
    history.give_back(state["calls"])
    sources.SAID.update(state["said"])
    trail.sign_with(state["keys"])
