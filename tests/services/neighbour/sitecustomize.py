"""Every Python process that finds this on its path may open pages of one server on this machine: port NEIGHBOUR_PORT.

The guard refuses this machine by design, and no setting opens it. Tests in one process set `fetching.LIMITS`; this
does the same for a worker of its own, the moment it has read the module, and changes nothing else.
"""

import importlib.abc
import importlib.machinery
import os
import sys


class Reads(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if fullname != "evidence.fetching":
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        reads = spec.loader.exec_module

        def exec_module(module):
            reads(module)
            module.LIMITS = module.Limits(ports=(int(os.environ["NEIGHBOUR_PORT"]), 80, 443), loopback=True)

        spec.loader.exec_module = exec_module
        return spec


if "NEIGHBOUR_PORT" in os.environ:
    sys.meta_path.insert(0, Reads())
