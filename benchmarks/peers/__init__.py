"""The generators that are measured, one module each, all in the shape of `Peer`."""

from __future__ import annotations

from benchmarks.peers import eleventy, hugo, marbre, pelican
from benchmarks.peers.peer import Peer

PEERS: dict[str, Peer] = {
    peer.name: peer for peer in (marbre.PEER, hugo.PEER, eleventy.PEER, pelican.PEER)
}
"""By the name by which they are asked for; the order is that of the tables."""
