import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("completeness of containers", .scratchFolder)
struct ContainerProbeTests {
    private func examine(_ bytes: [UInt8], size: Int64? = nil) throws -> Completeness {
        let path = ScratchFolder.path.appending("video")
        try AtomicFile.replace(path, with: bytes, durable: false)
        if let size { truncate(path.text, off_t(size)) }
        return try ContainerProbe.examine(try Descriptor.openRegular(path), path: path)
    }

    private func box(_ kind: String, _ count: Int = 0, claims: UInt32? = nil) -> [UInt8] {
        let size = claims ?? UInt32(8 + count)
        return (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) } + Array(kind.utf8)
            + [UInt8](repeating: 7, count: count)
    }

    @Test("MP4 in every order of its boxes is complete when index and data are inside the file")
    func complete() throws {
        #expect(try examine(box("ftyp", 8) + box("moov", 20) + box("mdat", 50)) == .complete)
        #expect(try examine(box("ftyp", 8) + box("mdat", 50) + box("moov", 20)) == .complete)
        #expect(try examine(box("wide") + box("mdat", 50) + box("moov", 20)) == .complete)
        #expect(try examine(box("ftyp", 8) + box("moov", 20) + box("moof", 9) + box("mdat", 50)) == .completeSoFar)
        let large: [UInt8] = [0, 0, 0, 1] + Array("mdat".utf8) + [0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4]
        #expect(try examine(box("ftyp", 8) + large + box("moov", 20)) == .complete)
        #expect(try examine(box("ftyp", 8) + box("moov", 20) + box("mdat", 50, claims: 0)) == .completeSoFar)
    }

    @Test("a file of any format whose size is reserved and whose data are not there is incomplete")
    func reserved() throws {
        let stream = [UInt8](repeating: 0x47, count: 100_000)
        #expect(try examine(stream) == .unknown)
        guard case .incomplete(let reason, true) = try examine(stream, size: 9_000_000) else {
            Issue.record("a copy that broke off behind its reserved size is incomplete")
            return
        }
        #expect(reason.contains("reserved"))
    }

    @Test("junk, zeros or a second file behind a complete MP4 do no harm")
    func trailing() throws {
        let whole = box("ftyp", 8) + box("moov", 20) + box("mdat", 50)
        #expect(try examine(whole + [UInt8](repeating: 0, count: 3000)) == .complete)
        #expect(try examine(whole + whole) == .complete)
        #expect(try examine(whole + whole.dropLast(20)) == .complete)
        #expect(try examine(whole + (0..<100).map { UInt8(truncatingIfNeeded: $0 * 37) }) == .complete)
    }

    @Test("what is missing of an MP4 is told, and whether it has an index")
    func missing() throws {
        let noIndex = Completeness.incomplete(reason: "its index (moov) has not arrived", playable: false)
        #expect(try examine(box("ftyp", 8)) == noIndex)
        #expect(try examine(box("ftyp", 8) + box("mdat", 50)) == noIndex)
        #expect(try examine(box("ftyp", 8) + box("mdat", 50, claims: 900)) == noIndex)
        #expect(try examine(box("ftyp", 8) + box("moov", 20, claims: 900)) == noIndex)
        #expect(
            try examine(box("ftyp", 8) + box("moov", 20) + box("mdat", 50, claims: 1000))
                == .incomplete(reason: "102 bytes of 1044 bytes have arrived", playable: true)
        )
        guard case .incomplete(_, true) = try examine(box("ftyp", 8) + box("moov", 20)) else {
            Issue.record("an index without data is incomplete")
            return
        }
        guard
            case .incomplete(_, true) = try examine(
                box("ftyp", 8) + box("moov", 20) + box("moof", 9) + box("mdat", 50, claims: 99)
            )
        else {
            Issue.record("a fragment that is cut is incomplete")
            return
        }
    }

    @Test("space that was reserved but never written is data missing")
    func holes() throws {
        let size: Int64 = 4 << 20
        let start = box("ftyp", 8) + box("moov", 20) + box("mdat", 50, claims: UInt32(size - 44))
        guard case .incomplete(let reason, true) = try examine(start, size: size) else {
            Issue.record("a file that is all hole is incomplete")
            return
        }
        #expect(reason.contains("never written"))
        #expect(try examine(box("ftyp", 8) + box("moov", 20) + box("mdat", 50), size: size) == .complete)
    }

    @Test("Matroska is held against its segment's length, where it has one")
    func matroska() throws {
        let header: [UInt8] = [0x1a, 0x45, 0xdf, 0xa3, 0x84, 1, 2, 3, 4]
        let segment: [UInt8] = [0x18, 0x53, 0x80, 0x67]
        #expect(try examine(header + segment + [0x84, 1, 2, 3, 4]) == .complete)
        #expect(
            try examine(header + segment + [0x88, 1, 2, 3, 4])
                == .incomplete(reason: "18 bytes of 22 bytes have arrived", playable: true)
        )
        #expect(try examine(header + segment + [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]) == .unknown)
        guard case .incomplete(_, false) = try examine(Array(header.dropLast(2))) else {
            Issue.record("a cut header is incomplete")
            return
        }
    }

    @Test(
        "what is no container, or tells nothing of its length, is left to the worker",
        arguments: [
            [1], Array("just a text that somebody wrote down".utf8), [UInt8](repeating: 0, count: 5000),
            [0x47] + [UInt8](repeating: 0xff, count: 187), Array("RIFF".utf8) + [0, 0, 0, 0] + Array("AVI LIST".utf8),
            [0, 0, 0, 24] + Array("ftypheic".utf8) + [UInt8](repeating: 0, count: 30),
        ]
    )
    func unknown(bytes: [UInt8]) throws { #expect(try examine(bytes) == .unknown) }

    @Test("nothing at all is incomplete")
    func empty() throws {
        #expect(try examine([]) == .incomplete(reason: "the file is empty", playable: false))
    }

    @Test("an AVI is held against the length of its first chunk")
    func avi() throws {
        let start = Array("RIFF".utf8) + [20, 0, 0, 0] + Array("AVI LIST".utf8)
        #expect(try examine(start + [UInt8](repeating: 1, count: 12)) == .complete)
        guard case .incomplete(_, true) = try examine(start) else {
            Issue.record("a cut AVI is incomplete")
            return
        }
    }
}

@Suite("containers whose numbers no file could have", .scratchFolder)
struct ContainerNumberTests {
    /// A file of the greatest size there is, in memory, with bytes at some places.
    private func sparse(_ pieces: [(at: Int64, bytes: [UInt8])]) throws -> Descriptor {
        let path = FilePath("/dev/shm/moments-\(getpid())-\(UInt64.random(in: 0 ... .max))")
        let file = try Descriptor.open(path, O_RDWR | O_CREAT | O_EXCL)
        unlink(path.text)
        #expect(ftruncate(file.number, .max) == 0)
        for (place, bytes) in pieces { #expect(pwrite(file.number, bytes, bytes.count, Int(place)) == bytes.count) }
        return file
    }

    private func box(_ kind: String, _ length: UInt64) -> [UInt8] {
        [0, 0, 0, 1] + Array(kind.utf8) + (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }
    }

    @Test("boxes that end at the last byte a file can have, or behind it")
    func boxes() throws {
        let half: UInt64 = 1 << 62 - 1
        for second in [half, half - 1, half - 8, 1 << 61] {
            let file = try sparse([(0, box("free", half)), (Int64(half), box("mdat", second))])
            guard case .incomplete = try ContainerProbe.examine(file, path: "x.mp4") else {
                Issue.record("\(second) is taken for whole")
                return
            }
        }
        // A short length behind almost the last place.
        let place = Int64.max - 100
        let file = try sparse([
            (0, box("free", half)), (Int64(half), box("free", half - 99)),
            (place, [0xff, 0xff, 0xff, 0xff] + Array("mdat".utf8)),
        ])
        guard case .incomplete = try ContainerProbe.examine(file, path: "x.mp4") else {
            Issue.record("it is taken for whole")
            return
        }
    }
}
