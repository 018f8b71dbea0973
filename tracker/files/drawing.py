"""The process that makes a JPEG of a photograph: `python drawing.py FROM TO` (see `pictures`).

It loads nothing of ours."""

import resource
import sys

MOST = 4_000
"""Pixels of the longer side: enough to read a stamp by."""
LIMITS = {resource.RLIMIT_AS: 2 * 1024**3, resource.RLIMIT_CPU: 60}
"""Bytes of memory and seconds of work that one photograph may take."""


def main(source: str, target: str) -> None:
    """Draw it upright, in its colours, and without what the telephone wrote into it: the place, the day, the person."""
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    with Image.open(source) as photograph:
        upright = ImageOps.exif_transpose(photograph).convert("RGB")
    upright.thumbnail((MOST, MOST))
    upright.save(target, "JPEG", quality=85, icc_profile=photograph.info.get("icc_profile"), exif=b"", comment=b"")


if __name__ == "__main__":
    main(*sys.argv[1:])
