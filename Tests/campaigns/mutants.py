"""Damages a file as disks, networks and hostile people do; the same number gives the same damage.

    mutants.py FILE NUMBER OUT
"""
import random, struct, sys

EXTREMES = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]


def mutate(data, draw):
    """Gives a damaged copy: one to three of the kinds below, mostly where headers stand."""
    data = bytearray(data)

    def place():
        # Headers stand at both ends; what lies between is mostly pictures.
        near = min(len(data), 4096)
        where = draw.random()
        if where < 0.4:
            return draw.randrange(near)
        if where < 0.6:
            return len(data) - 1 - draw.randrange(near)
        return draw.randrange(len(data))

    def flip():
        for _ in range(draw.choice([1, 2, 8, 64])):
            data[place()] ^= 1 << draw.randrange(8)

    def number():
        at, value = place(), draw.choice(EXTREMES)
        form = draw.choice(["B", ">H", ">I", "<I", ">Q"])
        size = struct.calcsize(form)
        data[at:at + size] = struct.pack(form, value & ((1 << (8 * size)) - 1))

    def noise():
        at, count = place(), draw.choice([4, 64, 1024, 16384])
        data[at:at + count] = draw.randbytes(min(count, len(data) - at))

    def zeros():
        at, count = place(), draw.choice([16, 512, 65536])
        data[at:at + count] = bytes(min(count, len(data) - at))

    def cut():
        del data[max(16, place()):]

    def hole():
        at = place()
        del data[at:at + draw.choice([1, 7, 188, 4096, 65536])]

    def twice():
        at, count = place(), draw.choice([8, 188, 4096])
        data[at:at] = data[at:at + count]

    def swap():
        one, other, count = place(), place(), draw.choice([4, 188, 4096])
        piece, second = data[one:one + count], data[other:other + count]
        data[one:one + count], data[other:other + count] = second, piece

    for _ in range(draw.choice([1, 1, 2, 3])):
        if len(data) > 32:
            draw.choice([flip, flip, number, number, number, noise, zeros, cut, hole, twice, swap])()
    return bytes(data)


source, number, out = sys.argv[1:]
with open(source, "rb") as file:
    original = file.read()
with open(out, "wb") as file:
    file.write(mutate(original, random.Random(f"{source.rsplit('/', 1)[-1]}/{number}")))
