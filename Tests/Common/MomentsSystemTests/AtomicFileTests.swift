internal import Glibc
internal import MomentsCore
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("files that are whole or not there", .scratchFolder)
struct AtomicFileTests {
    @Test("replacing leaves the new content and nothing else")
    func replace() throws {
        let file = ScratchFolder.path.appending("state.json")
        try AtomicFile.replace(file, with: Array("old".utf8))
        try AtomicFile.replace(file, with: Array("new".utf8))
        #expect(try Descriptor.open(file, O_RDONLY).read(99, at: 0, of: file) == Array("new".utf8))
        #expect(try Folder.names(in: ScratchFolder.path) == ["state.json"])
    }

    @Test("a failed write leaves the old content and no temporary file")
    func failure() throws {
        let folder = ScratchFolder.path.appending("a")
        try Folder.make(folder.appending("b"))
        let error = #expect(throws: SystemError.self) {
            try AtomicFile.replace(folder.appending("b"), with: Array("x".utf8))
        }
        #expect(error?.operation == "rename")
        #expect(try Folder.names(in: folder) == ["b"])
    }

    @Test("every name the kernel takes is listed as its bytes")
    func names() throws {
        let names = [
            FilePath("new\nline"), FilePath(bytes: [0xff, 0xfe]), FilePath("  space "),
            FilePath(String(repeating: "n", count: 255)),
        ]
        for name in names { try AtomicFile.replace(ScratchFolder.path.appending(name), with: [1]) }
        #expect(Set(try Folder.names(in: ScratchFolder.path)) == Set(names))
    }

    @Test("a link is not opened as a file, and a pipe does not block")
    func links() throws {
        let (link, pipe) = (ScratchFolder.path.appending("link"), ScratchFolder.path.appending("pipe"))
        #expect(symlink("/etc/passwd", link.text) == 0)
        #expect(mkfifo(pipe.text, 0o600) == 0)
        for path in [link, pipe, ScratchFolder.path] {
            #expect(throws: SystemError.self) { _ = try Descriptor.openRegular(path) }
        }
    }

    @Test("moving without replacing refuses a taken name")
    func noReplace() throws {
        let (first, second) = (ScratchFolder.path.appending("1"), ScratchFolder.path.appending("2"))
        try Folder.make(first)
        try Folder.make(second)
        let error = #expect(throws: SystemError.self) { try Folder.moveWithoutReplacing(first, to: second) }
        #expect(error?.alreadyExists == true)
        try Folder.moveWithoutReplacing(first, to: ScratchFolder.path.appending("3"))
        #expect(try Folder.names(in: ScratchFolder.path) == ["2", "3"])
    }

    @Test("removing a tree does not follow links out of it")
    func removeTree() throws {
        let (tree, outside) = (ScratchFolder.path.appending("tree"), ScratchFolder.path.appending("outside"))
        try Folder.make(tree.appending("deep/er"))
        try AtomicFile.replace(outside, with: [1])
        #expect(symlink(outside.text, tree.appending("deep/link").text) == 0)
        try Folder.removeTree(tree)
        #expect(try Folder.names(in: ScratchFolder.path) == ["outside"])
        try Folder.removeTree(tree)
    }

    @Test("a tree that is deeper than any path can tell, with names that are taken, is removed whole")
    func removeDeepTree() throws {
        let tree = ScratchFolder.path.appending("tree")
        try Folder.make(tree.appending(".removed-1/x"))
        try AtomicFile.replace(tree.appending(".removed-2"), with: [1])
        let name = String(repeating: "d", count: 200)
        // 300 folders of 200 letters: sixty thousand bytes of path, of which the kernel takes four thousand.
        let script = """
            import os
            os.chdir("\(tree)")
            for _ in range(300):
                os.makedirs("\(name)/\(name)")
                open("f", "w").close()
                os.chdir("\(name)")
            """
        try Tool.run("python3", ["-c", script])
        try Folder.removeTree(tree)
        #expect(try Folder.names(in: ScratchFolder.path) == [])
    }

    @Test("the SHA-256 of 'abc' is that of the standard")
    func digest() throws {
        var digest = SHA256()
        digest.update(Array("a".utf8))
        digest.update(Array("bc".utf8))
        #expect(digest.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let file = ScratchFolder.path.appending("abc")
        try AtomicFile.replace(file, with: Array("abc".utf8))
        #expect(try SHA256.of(file).hasPrefix("ba7816bf"))
    }
}
