import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the daemon and its judge", .scratchFolder, .timeLimit(.minutes(5)))
struct DaemonJudgeTests: DaemonFixture {
    private var asked: FilePath { root.appending("asked") }
    private var go: FilePath { root.appending("go") }
    private var timesAsked: Int { (try? FileStatus.of(asked).size).map { Int($0 / 2) } ?? 0 }

    /// A worker that asks, and a judge that waits for a sign before it answers.
    private func prepare(retry: Bool = false) throws {
        try configure()
        let worker = #"""
            #!/bin/sh
            read -r spec
            staging=$(printf %s "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
            echo start >> "\#(root)/starts"
            echo '{"event":"started","version":"1","pid":1}'
            case $spec in *'"judge":true'*)
                mkdir -p "$staging/judge"
                echo '{"schema":"momentsd.judge/1","job":"x","target":2,"duration":2,"sheets":[],"windows":[{"id":1,"in":0,"out":2,"score":0.5,"reasons":[]}]}' >"$staging/judge/question.json"
                echo '{"event":"stage_started","stage":"judge"}'
                echo '{"event":"question","path":"judge/question.json"}'
                read -r reply || exit 143
                printf '%s\n' "$reply" >> "\#(root)/replies"
                rm -r "$staging/judge"
                case $reply in
                *failure*) echo '{"event":"judged","cost":0,"failure":"it is blind"}' ;;
                *) echo '{"event":"judged","cost":2}' ;;
                esac
                echo '{"event":"stage_completed","stage":"judge"}' ;;
            esac
            printf hello > "$staging/highlight.mp4"
            echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}],"input_duration":5,"output_duration":3,"segments_selected":2}}'
            """#
        try AtomicFile.replace(root.appending("worker"), with: worker.utf8, mode: 0o755, durable: false)
        let judge = #"""
            #!/bin/sh
            echo x >>'\#(asked)'
            while [ ! -e '\#(go)' ]; do sleep 0.1; done
            echo '{"scores":[{"id":1,"score":7}],"cost":2}'
            """#
        try AtomicFile.replace(root.appending("judge.sh"), with: judge.utf8, mode: 0o755, durable: false)
        let path = configuration
        let old = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        // With the network it may write where this test looks.
        let more = "\n[Judge]\nCommand=\(root)/judge.sh\nNetwork=yes\n"
        try AtomicFile.replace(path, with: old + more.utf8, durable: false)
        try Folder.make(inbox)
    }

    private func drop(_ name: FilePath, request: String? = nil) throws {
        if let request {
            try AtomicFile.replace(
                inbox.appending(name.adding(suffix: ".request.json")),
                with: request.utf8,
                durable: false
            )
        }
        try AtomicFile.replace(inbox.appending(name), with: "video \(name)".utf8, durable: false)
    }

    private func manifest(_ name: FilePath) throws -> Manifest {
        let path = inbox.appending(name.adding(suffix: Manifest.suffix))
        return try MomentsJSON.decode(
            Manifest.self,
            from: Data(try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path))
        )
    }

    private func get(_ target: String) throws -> String {
        try Tool.run("curl", ["-sS", "--unix-socket", "\(root)/status.sock", "http://localhost\(target)"])
    }

    @Test("a daemon killed while its judge is at work hears the answer after its restart: the question is asked once")
    func killed() async throws {
        try prepare()
        let first = try start()
        try drop("a.mp4")
        await wait { timesAsked == 1 }
        #expect(await end(first, by: SIGKILL) == .signalled(SIGKILL))
        let second = try start()
        await wait { ((try? FileStatus.of(root.appending("starts")).size) ?? 0) >= 12 }
        try AtomicFile.replace(go, with: [], durable: false)
        await wait { completed() == 1 }
        #expect(timesAsked == 1)
        let done = try manifest("a.mp4")
        #expect(done.stages.first { $0.name == .judge }?.cost == 2)
        #expect(done.notes.contains { $0.contains("which reaches the network") })
        let health = try get("/health")
        #expect(health.contains(#""network" : true"#) || health.contains(#""network":true"#), "\(health)")
        let metrics = try get("/metrics")
        #expect(metrics.contains("momentsd_judge_cost_total 2.0"), "\(metrics)")
        #expect(metrics.contains(#"momentsd_judged_jobs_total{outcome="answered"} 1.0"#))
        // Neither is it asked again when the job is done anew.
        try Folder.removeFile(inbox.appending("a.mp4.moments.json"))
        await wait { completed() == 1 }
        #expect(timesAsked == 1)
        #expect(await end(second, by: SIGTERM) == .exited(0))
    }

    @Test("a request that wants no judge has none; the stage is not listed")
    func unwanted() async throws {
        try prepare()
        let daemon = try start()
        try drop("a.mp4", request: #"{"judge": false}"#)
        await wait { completed() == 1 }
        #expect(timesAsked == 0)
        #expect(try !manifest("a.mp4").stages.contains { $0.name == .judge })
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
    }

    @Test("a video that is removed while the judge is at work ends the judge too")
    func cancelled() async throws {
        try prepare()
        let daemon = try start()
        try drop("a.mp4")
        await wait { timesAsked == 1 }
        let command = "\(root)/judge.sh"
        func isAtWork() -> Bool {
            let processes = (try? Folder.names(in: "/proc")) ?? []
            return processes.contains { process in
                let path = FilePath("/proc/\(process)/cmdline")
                guard Int32(process.text) != nil,
                    let bytes = try? Descriptor.open(path, O_RDONLY).read(4096, at: 0, of: path)
                else { return false }
                return String(decoding: bytes, as: UTF8.self).contains(command)
            }
        }
        await wait { isAtWork() }
        try Folder.removeFile(inbox.appending("a.mp4"))
        await wait { !isAtWork() }
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
    }
}
