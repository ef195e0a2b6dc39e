internal import Glibc
internal import MomentsCore
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("a process that gave up its rights", .scratchFolder)
struct SandboxTests {
    /// Ends the process where something is not so: what a test would do about it is not allowed inside.
    private static func must(_ isSo: Bool, _ what: StaticString) {
        guard !isSo else { return }
        _ = what.withUTF8Buffer { write(2, $0.baseAddress, $0.count) }
        _exit(99)
    }

    /// Whether a call was refused.
    private static func refused(_ result: CInt) -> Bool { result == -1 && [EPERM, ENOSYS, EACCES].contains(errno) }

    @Test("it reads its input, writes its folder, and reaches no other file")
    func files() async throws {
        let scratch = ScratchFolder.path
        try Folder.make(scratch.appending("out"))
        try AtomicFile.replace(scratch.appending("input"), with: [1])
        try AtomicFile.replace(scratch.appending("secret"), with: [2])
        try Folder.make(scratch.appending("folder"))
        try AtomicFile.replace(scratch.appending("folder/other"), with: [5])
        #expect(symlink("folder", scratch.appending("link").text) == 0)
        // A kernel without Landlock cannot be asked to forbid.
        try #require(Sandbox.offered.landlock > 0)
        await #expect(processExitsWith: .success) { [place = scratch.text as String] in
            let root = FilePath(place)
            try Sandbox.enter(
                readable: [root.appending("input"), root.appending("link/other")],
                writable: [root.appending("out")]
            )
            Self.must((try? Descriptor.openRegular(root.appending("input"))) != nil, "its input cannot be read")
            Self.must(
                (try? AtomicFile.replace(root.appending("out/result"), with: [3], durable: false)) != nil,
                "its folder cannot be written"
            )
            Self.must((try? Descriptor.openRegular(root.appending("secret"))) == nil, "a secret was read")
            // Somebody may have put the link there after the file was looked at.
            Self.must((try? Descriptor.openRegular(root.appending("link/other"))) == nil, "a link was followed")
            Self.must((try? AtomicFile.replace(root.appending("more"), with: [4])) == nil, "a file was made")
            Self.must((try? Descriptor.open("/etc/passwd", O_RDONLY)) == nil, "/etc/passwd was read")
            // A file that may be read is not emptied by opening it for that.
            Self.must(Self.refused(open(root.appending("input").text, O_RDONLY | O_TRUNC)), "its input was emptied")
            Self.must(Self.refused(chmod(root.appending("input").text, 0o777)), "its input's mode was changed")
        }
        #expect(try FileStatus.of(scratch.appending("input")).size == 1)
        #expect(try FileStatus.of(scratch.appending("out/result")).size == 1)
    }

    @Test("threads are all it can start, and nobody else hears of it")
    func calls() async throws {
        try #require(Sandbox.offered.hasFilter)
        await #expect(processExitsWith: .success) {
            let level = try Sandbox.enter(readable: [], writable: [])
            Self.must(level.isWhole, "something is missing")
            WorkerThread {}.join()
            Self.must(Self.refused(socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)), "a socket was made")
            Self.must(Self.refused(kill(getppid(), SIGCONT)), "the parent got a signal")
            Self.must(kill(getpid(), 0) == 0, "it cannot signal itself")
            Self.must(Self.refused(setsid()), "it left its session")
            var child: pid_t = 0
            let words: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
            Self.must(posix_spawn(&child, "/bin/true", nil, nil, words, nil) != 0, "a program was started")
            let page = mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            Self.must(page != MAP_FAILED, "no memory")
            Self.must(Self.refused(mprotect(page, 4096, PROT_READ | PROT_EXEC)), "data became code")
        }
    }

    @Test("a call that no codec makes ends it")
    func hostile() async throws {
        try #require(Sandbox.offered.hasFilter)
        await #expect(processExitsWith: .signal(SIGSYS)) {
            try Sandbox.enter(readable: [], writable: [])
            _ = sethostname("x", 1)
        }
    }

    @Test("a limit is lowered, never raised, and counts for files it writes")
    func limits() async throws {
        let scratch = ScratchFolder.path
        await #expect(processExitsWith: .success) { [place = scratch.text as String] in
            let root = FilePath(place)
            let limits = ResourceLimits(fileSize: 4096, openFiles: 200)
            try Sandbox.enter(readable: [], writable: [root], limits: limits)
            let file = try Descriptor.open(root.appending("large"), O_WRONLY | O_CREAT)
            do throws(SystemError) {
                try file.write([UInt8](repeating: 1, count: 5000), to: "large")
                Self.must(false, "it wrote more than it may")
            } catch { Self.must(error.isOutOfSpace, "it is not told as a full disk") }
            var files = rlimit()
            Self.must(getrlimit(__rlimit_resource_t(7), &files) == 0 && files.rlim_max == 200, "it may open more")
            Self.must(Self.refused(setrlimit(__rlimit_resource_t(7), &files)), "it changed a limit")
        }
        #expect(try FileStatus.of(scratch.appending("large")).size == 4096)
    }

    @Test("what is missing is told, a sentence each")
    func gaps() {
        #expect(Sandbox.offered.landlock >= 0)
        #expect(Sandbox.offered.gaps.allSatisfy { $0.hasPrefix("The kernel ") && $0.hasSuffix(".") })
        #expect(Sandbox.offered.isWhole == Sandbox.offered.gaps.isEmpty)
    }
}
