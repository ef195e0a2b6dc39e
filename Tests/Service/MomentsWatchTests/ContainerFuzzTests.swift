import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

/// The daemon looks into what anybody may drop.
@Suite("containers of any bytes", .scratchFolder, .timeLimit(.minutes(30)))
struct ContainerFuzzTests {
    private func box(_ kind: String, _ content: [UInt8] = [], long: Bool = false) -> [UInt8] {
        let length = UInt64(content.count + (long ? 16 : 8))
        let number = (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }
        return (long ? [0, 0, 0, 1] : Array(number[4...])) + Array(kind.utf8) + (long ? number : []) + content
    }

    /// Examines variants, each with a size of its own that may be far beyond its bytes.
    private func examine(_ name: String, _ seeds: [[UInt8]]) throws {
        var mutants = Mutants(of: seeds, words: ["moov", "mdat", "moof", "ftyp", "heic", "free"])
        let path = FilePath("/dev/shm/moments-fuzz-\(getpid())-\(name)")
        let file = try Descriptor.open(path, O_RDWR | O_CREAT | O_EXCL)
        unlink(path.text)
        var turn = 0
        try mutants.each(name) { bytes in
            turn += 1
            let sizes = [bytes.count, bytes.count, bytes.count + 1000, 1 << 40, Int(Int64.max)]
            guard ftruncate(file.number, 0) == 0, pwrite(file.number, bytes, bytes.count, 0) == bytes.count,
                ftruncate(file.number, sizes[turn % sizes.count]) == 0
            else { return }
            _ = try? ContainerProbe.examine(file, path: "video")
        }
        #expect(turn == Mutants.count)
    }

    @Test("boxes")
    func boxes() throws {
        let movie = box("moov", box("mvhd", [UInt8](repeating: 0, count: 20)))
        let data = box("mdat", [UInt8](repeating: 7, count: 50))
        let start = box("ftyp", Array("isom".utf8) + [0, 0, 0, 0])
        try examine(
            "boxes",
            [
                start + movie + data, start + box("free", long: true) + data + movie,
                start + movie + box("moof") + box("mdat", [1, 2, 3], long: true), data + movie,
            ]
        )
    }

    @Test("EBML")
    func matroska() throws {
        let header: [UInt8] = [0x1a, 0x45, 0xdf, 0xa3, 0x84, 1, 2, 3, 4]
        let segment: [UInt8] = [0x18, 0x53, 0x80, 0x67]
        try examine(
            "ebml",
            [
                header + segment + [0x85, 1, 2, 3, 4, 5], header + segment + [0x01, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3],
                header + segment + [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], header + segment + [0x40, 0x20],
            ]
        )
    }

    @Test("RIFF")
    func riff() throws { try examine("riff", [Array("RIFF".utf8) + [20, 0, 0, 0] + Array("AVI LIST".utf8) + [0, 0]]) }
}
