import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Code run inside the real worker at its first look at a video, as an exploit in a codec would be.
@Suite("what a hostile video can do", .scratchFolder, .timeLimit(.minutes(4)))
struct HostileVideoTests {
    private let folder = ScratchFolder.path.appending("in")
    private let library = ScratchFolder.path.appending("hostile.so")
    private let said = ScratchFolder.path.appending("said")
    private let worker = ScratchFolder.path.appending("worker")

    /// The attempts by name, and whether each must be refused.
    private func prepare() throws -> [(name: String, isRefused: Bool)] {
        let here = FilePath(#filePath).parent.parent.parent.appending("campaigns/hostile-library.c").text
        let list = ScratchFolder.path.appending("list")
        try Tool.run("clang", ["-O1", "-shared", "-fPIC", "-o", library.text, here])
        try Tool.run("clang", ["-DLIST", "-o", list.text, here])
        let script = """
            #!/bin/sh
            export LD_PRELOAD=\(library) MOMENTS_VICTIM=\(folder)/victim MOMENTS_SOCKET=\(said)
            exec 9</etc/passwd \(try BuiltProgram("moments-worker").path) 2>>\(said)
            """
        try AtomicFile.replace(worker, with: script.utf8, mode: 0o755, durable: false)
        try Folder.make(folder)
        try AtomicFile.replace(folder.appending("victim"), with: "precious".utf8, durable: false)
        return try Tool.run(list.text, []).split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            return (String(words[1]), words[0] == "refused")
        }
    }

    @Test("every attempt is refused: on files, processes, the network, memory and the kernel")
    func attempts() async throws {
        let attempts = try prepare()
        #expect(attempts.count > 100)
        let clip = try TestMedia.clip("clip.mp4", seconds: 1)
        let content = try Descriptor.openRegular(clip).read(1 << 20, at: 0, of: clip)
        let videos = attempts.map { folder.appending(FilePath($0.name + ".mp4")) }
        for video in videos { try AtomicFile.replace(video, with: content, durable: false) }
        let before = try (videos + [folder.appending("victim")]).map { try FileStatus.of($0) }
        let run = try await BuiltProgram("moments").run(
            ["run", "--json", "-o", ScratchFolder.path.appending("out")] + videos,
            environment: ["MOMENTS_WORKER=\(worker)"],
            limit: 200
        )
        let after = try (videos + [folder.appending("victim")]).map { try FileStatus.of($0) }
        #expect(before == after)
        let messages = try run.output.split(separator: "\n").map {
            try MomentsJSON.decode(Manifest.self, from: Data($0.utf8)).message
        }
        try #require(messages.count == attempts.count)
        let lines = String(decoding: try Descriptor.openRegular(said).read(1 << 20, at: 0, of: said), as: UTF8.self)
            .split(separator: "\n")
        for (attempt, message) in zip(attempts, messages) {
            // The kernel keeps no count of the threads of root.
            if attempt.name == "threads_without_end", geteuid() == 0 { continue }
            let answer = lines.first { $0.hasPrefix("attempt \(attempt.name): ") }?.split(separator: " ").last
            let wasKilled = answer == nil && message.contains("SIGSYS")
            let isRefused = wasKilled || answer?.hasPrefix("E") == true
            #expect(isRefused == attempt.isRefused, "\(attempt.name): \(answer ?? "nothing"), \(message)")
        }
    }

    /// A kernel without Landlock, as the worker sees it.
    private static let olderKernel = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        long syscall(long number, long a, long b, long c, long d, long e, long f) {
            if (number == 444) return errno = 38, -1;
            long (*next)(long, ...) = (long (*)(long, ...))dlsym((void *)-1, "syscall");
            return next(number, a, b, c, d, e, f);
        }
        """

    @Test("where the kernel lacks a part it is said, and a worker that requires it refuses to work")
    func partial() async throws {
        let source = ScratchFolder.path.appending("older.c")
        try AtomicFile.replace(source, with: Self.olderKernel.utf8, durable: false)
        try Tool.run("clang", ["-shared", "-fPIC", "-o", library.text, source.text])
        let program = try BuiltProgram("moments-worker").path
        let script = "#!/bin/sh\nexec env LD_PRELOAD=\(library) \(program)\n"
        try AtomicFile.replace(worker, with: script.utf8, mode: 0o755, durable: false)
        let clip = try TestMedia.clip("clip.mp4", seconds: 1)
        for policy in SandboxPolicy.allCases {
            let configuration = ScratchFolder.path.appending("\(policy.rawValue).conf")
            try AtomicFile.replace(configuration, with: "[Workers]\nSandbox=\(policy.rawValue)\n".utf8, durable: false)
            let output = ScratchFolder.path.appending("out")
            let run = try await BuiltProgram("moments").run(
                ["run", clip, "--json", "-o", output, "--config", configuration, "--quality", "low"],
                environment: ["MOMENTS_WORKER=\(worker)"]
            )
            let manifest = try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8))
            #expect(manifest.status == (policy == .best ? .completed : .failed), "\(manifest.message)")
            guard policy == .required else { continue }
            #expect(manifest.message.hasPrefix("'clip.mp4' was not opened, since [Workers] Sandbox=required"))
            #expect(manifest.message.contains("Landlock"))
        }
    }
}
