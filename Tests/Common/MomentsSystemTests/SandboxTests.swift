internal import Glibc
internal import MomentsCore
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("a process that gave up its rights", .scratchFolder)
struct SandboxTests {
    @Test("it reads its input, writes its folder, and reaches nothing else")
    func restriction() async {
        await #expect(processExitsWith: .success) {
            // The scratch folder of the parent is not known here: an own one will do.
            let root = FilePath("/tmp/moments-sandbox-\(getpid())")
            defer { try? Folder.removeTree(root) }
            try Folder.make(root.appending("out"))
            try AtomicFile.replace(root.appending("input"), with: [1])
            try AtomicFile.replace(root.appending("secret"), with: [2])
            try Folder.make(root.appending("folder"))
            try AtomicFile.replace(root.appending("folder/other"), with: [5])
            #expect(symlink("folder", root.appending("link").text) == 0)
            let outcome = try Sandbox.enter(
                readable: [root.appending("input"), root.appending("link/other")],
                writable: [root.appending("out")]
            )
            _ = try Descriptor.openRegular(root.appending("input"))
            try AtomicFile.replace(root.appending("out/result"), with: [3], durable: false)
            // A kernel without Landlock cannot be asked to forbid.
            guard outcome == .restricted else { return }
            #expect(throws: SystemError.self) { _ = try Descriptor.openRegular(root.appending("secret")) }
            // Somebody may have put the link there after the file was looked at.
            #expect(throws: SystemError.self) { _ = try Descriptor.openRegular(root.appending("link/other")) }
            #expect(throws: SystemError.self) { try AtomicFile.replace(root.appending("more"), with: [4]) }
            #expect(throws: SystemError.self) { _ = try Descriptor.open("/etc/passwd", O_RDONLY) }
        }
    }
}
