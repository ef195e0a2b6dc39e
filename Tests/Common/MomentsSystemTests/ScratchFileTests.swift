internal import Glibc
internal import MomentsCore
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("files for what does not fit into memory", .scratchFolder)
struct ScratchFileTests {
    @Test("what was written is read again from any place, and the folder never shows the file")
    func readAgain() throws {
        let file = try ScratchFile(ScratchFolder.path.appending("scratch"))
        #expect(try Folder.names(in: ScratchFolder.path).isEmpty)
        try [UInt8](0..<100).withUnsafeBytes { try file.write($0, at: 0) }
        try [UInt8](200..<210).withUnsafeBytes { try file.write($0, at: 100) }
        var bytes = [UInt8](repeating: 0, count: 12)
        try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 98) }
        #expect(bytes == [98, 99] + Array(200..<210))
    }

    @Test("reading beyond its end fails instead of giving half")
    func end() throws {
        let file = try ScratchFile(ScratchFolder.path.appending("scratch"))
        try [UInt8](0..<10).withUnsafeBytes { try file.write($0, at: 0) }
        let error = #expect(throws: SystemError.self) {
            var bytes = [UInt8](repeating: 0, count: 11)
            try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        }
        #expect(error?.code == EIO)
    }

    @Test("a link that stands in its place is not followed")
    func link() throws {
        let (path, target) = (ScratchFolder.path.appending("scratch"), ScratchFolder.path.appending("target"))
        try AtomicFile.replace(target, with: Array("theirs".utf8))
        #expect(symlink(target.text, path.text) == 0)
        #expect(throws: SystemError.self) { _ = try ScratchFile(path) }
        #expect(try Descriptor.openRegular(target).read(9, at: 0, of: target) == Array("theirs".utf8))
    }
}
