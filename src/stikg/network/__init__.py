"""Networks: who is linked with whom, each link with the passages that say so, as picture, page and file."""

from stikg.network.edges import BETWEEN, WEIGHTS, Filters, check_request
from stikg.network.network import Network, network

__all__ = ["BETWEEN", "WEIGHTS", "Filters", "Network", "check_request", "network"]
