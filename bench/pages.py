"""`python -m bench.pages --database NAME --scale N --requests N`: the main pages as the secretary opens them."""

import argparse
import json
import sys

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--scale", type=int, required=True)
    parser.add_argument("--requests", type=int, required=True)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measure(options.database, options.scale, options.requests)))


def measure(database: str, scale: int, requests: int) -> dict[str, list[dict[str, object]]]:
    from bench.addresses import addresses
    from bench.entrance import cookies_of
    from bench.figures import spread_ms
    from bench.in_process import get, queries
    from bench.weight import compressed_size, first_load

    cookies, pages, loads = cookies_of("secretaire"), [], []
    for name, address in addresses().items():
        page = warm(address, cookies)
        spread = spread_ms([get(address, cookies).seconds for _ in range(requests)])
        row = {"name": name, "database": database, "scale": scale, **spread, "queries": queries(address, cookies)}
        pages.append({**row, "bytes_br": compressed_size(page)})
        loads.append({"name": name, **first_load(page)})
        sys.stderr.write(f"    {name:14} {spread['median_ms']:6.1f} ms, {row['queries']:2} queries\n")
    return {"pages": pages, "first_load": loads}


def warm(address: str, cookies: str):
    """Twice, so that templates are read and the claim knows it was seen; raises when it is not a page."""
    from bench.in_process import get

    page = [get(address, cookies) for _ in range(2)][-1]
    if page.status != 200:
        raise LookupError(f"{address}: {page.status}")
    return page


if __name__ == "__main__":
    main()
