import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the daemon and several people", .scratchFolder, .timeLimit(.minutes(5)))
struct DaemonShareTests: DaemonFixture {
    /// What a hostile name of a folder may hold.
    private let bob: FilePath = "bo\u{1b}[31mb"

    init() throws {
        try configure()
        // It notes each start, and works until a file says that the video may be done.
        let worker = #"""
            #!/bin/sh
            read -r spec
            staging=$(printf %s "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
            name=$(printf %s "$spec" | sed 's/.*"name":"\([^"]*\)".*/\1/')
            echo "$name" >> "\#(root)/starts"
            echo '{"event":"started","version":"1","pid":1}'
            while [ ! -e "\#(root)/done-$name" ]; do [ -d /proc/$PPID ] || exit 1; sleep 0.05; done
            printf hello > "$staging/highlight.mp4"
            echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}],"input_duration":5,"output_duration":3,"segments_selected":2}}'
            """#
        try AtomicFile.replace(root.appending("worker"), with: worker.utf8, mode: 0o755, durable: false)
        let bytes = try Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration)
        let text = String(decoding: bytes, as: UTF8.self) + "\n[Limits]\nFairShare=folder\n"
        try AtomicFile.replace(configuration, with: text.utf8, durable: false)
        for folder in ["alice", bob] { try Folder.make(inbox.appending(folder)) }
    }

    private func drop(_ name: FilePath, into folder: FilePath) throws {
        try AtomicFile.replace(inbox.appending(folder).appending(name), with: name.bytes, durable: false)
    }

    private func mayEnd(_ name: String) throws {
        try AtomicFile.replace(root.appending("done-\(name)"), with: [], durable: false)
    }

    private func status(_ name: FilePath, in folder: FilePath) -> JobStatus? {
        let path = inbox.appending(folder).appending(name).adding(suffix: Manifest.suffix)
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return (try? MomentsJSON.decode(Manifest.self, from: Data(bytes)))?.status
    }

    /// The videos that were begun, in order.
    private var starts: [String] {
        let path = root.appending("starts")
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 16, at: 0, of: path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func moments(_ words: String...) async throws -> String {
        let socket = root.appending("status.sock")
        let run = try await BuiltProgram("moments").run(words.map { FilePath($0) } + ["--socket", socket])
        #expect(run.exit == .exited(0), "\(run.errors)")
        return run.output
    }

    @Test("owners take turns; a kill and a restart keep them, and what was cut off goes on first")
    func turns() async throws {
        let first = try start()
        try drop("a1.mp4", into: "alice")
        await wait { starts == ["a1.mp4"] }
        for name: FilePath in ["a2.mp4", "a3.mp4"] {
            try drop(name, into: "alice")
            await wait { status(name, in: "alice") == .pending }
        }
        for name: FilePath in ["b1.mp4", "b2.mp4"] {
            try drop(name, into: bob)
            await wait { status(name, in: bob) == .pending }
        }
        struct Owners: Decodable {
            struct Owner: Decodable {
                let name: FilePath
                let folder: FilePath
                let jobs: JobCounts
                let listed: [Manifest]
            }
            let by: FairShare
            let owners: [Owner]
        }
        var owners: Owners?
        // News of the health may be held back for a moment.
        for _ in 0..<100 where owners?.owners.last?.jobs[.pending] != 2 {
            owners = try MomentsJSON.decode(
                Owners.self,
                from: Data(try await moments("jobs", "--by", "owner", "--json").utf8)
            )
        }
        #expect(owners?.by == .folder)
        #expect(owners?.owners.map(\.name) == ["alice", bob])
        #expect(owners?.owners.map { $0.jobs[.pending] } == [2, 2])
        #expect(owners?.owners.map(\.listed.count) == [3, 2])
        let text = try await moments("jobs", "--by=owner")
        #expect(text.hasPrefix("alice: 2 pending, 1 processing; today 6 bytes, 0 s\n"))
        #expect(text.contains("\nbo\\u{1b}[31mb: 2 pending\n"))
        try mayEnd("a1.mp4")
        await wait { starts.count == 2 && status("b1.mp4", in: bob) == .processing }
        #expect(await end(first, by: SIGKILL)?.signalName == "SIGKILL")

        // By age alone, alice's second would be next; but it is Bob's turn.
        let second = try start()
        await wait { starts.count == 3 }
        try mayEnd("b1.mp4")
        await wait { starts.count == 4 && status("a2.mp4", in: "alice") == .processing }
        #expect(await end(second, by: SIGTERM) == .exited(0))

        let third = try start()
        await wait { starts.count == 5 }
        for name in ["a2.mp4", "a3.mp4", "b2.mp4"] { try mayEnd(name) }
        await wait { status("a3.mp4", in: "alice") == .completed }
        #expect(starts == ["a1.mp4", "b1.mp4", "b1.mp4", "a2.mp4", "a2.mp4", "b2.mp4", "a3.mp4"])
        #expect(await end(third, by: SIGTERM) == .exited(0))
    }
}
