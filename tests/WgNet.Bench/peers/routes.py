"""Lists the routes of a namespace with pyroute2, and counts them."""
import sys

from pyroute2 import NetNS

namespace = NetNS(sys.argv[1])
print(sum(1 for route in namespace.get_routes(family=2)))
namespace.close()
