"""Computes median and quantile of values without NaN, several times as fast as numpy, which checks for NaN first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def quantile(values: NDArray[np.floating], share: float, axis: int = -1) -> Floats:
    """Return the value below which `share` of `values` lie, along `axis`, interpolated between neighbors."""
    place = share * (values.shape[axis] - 1)
    low = int(place)
    high = min(low + 1, values.shape[axis] - 1)
    parted = np.partition(values, (low, high), axis=axis)
    below, above = parted.take(low, axis=axis), parted.take(high, axis=axis)
    found: Floats = (below + (above - below) * np.float32(place - low)).astype(np.float32)
    return found


def median(values: NDArray[np.floating], axis: int = -1) -> Floats:
    """Return the median of `values` along `axis`."""
    return quantile(values, 0.5, axis)
