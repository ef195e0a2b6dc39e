import Glibc
import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("failures and what follows", .scratchFolder, .timeLimit(.minutes(5)))
struct FailureTests {
    @Test("a video that crashes its worker is tried twice, then failed with the signal's name")
    func crash() async throws {
        var house = try House()
        house.configuration.retryPauses = [.seconds(0.2), .seconds(0.2), .seconds(0.2)]
        let supervisor = try await house.open()
        try house.drop("crash.mp4")
        await eventually { house.started.count == 2 && house.status("crash.mp4") == .failed }
        try await house.pass()
        let manifest = try #require(house.manifest("crash.mp4"))
        #expect(manifest.error?.kind == .workerCrashed)
        #expect(manifest.error?.message.contains("SIGSEGV") == true)
        #expect(manifest.error?.transient == false)
        #expect(manifest.nextAttemptAt == nil)
        #expect(manifest.stages.first?.status == .failed)
        #expect(house.starts(of: "crash.mp4") == 2)
        #expect(house.results() == ["sentinel"])
        await supervisor.stop()
    }

    @Test("a failure the worker names is kept, and not tried again when it is for good")
    func named() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("fail.mp4")
        await eventually { house.status("fail.mp4") == .failed }
        #expect(house.manifest("fail.mp4")?.error?.kind == .noVideoStream)
        #expect(house.manifest("fail.mp4")?.nextAttemptAt == nil)
        await supervisor.stop()
    }

    @Test("a worker that says nothing for too long is ended as timed out, and tried again later")
    func stalled() async throws {
        var house = try House()
        house.configuration.stallTimeout = .seconds(1)
        let supervisor = try await house.open()
        try house.drop("hang.mp4")
        await eventually { house.manifest("hang.mp4")?.error?.kind == .timedOut }
        let next = try #require(house.manifest("hang.mp4")?.nextAttemptAt)
        #expect((50...70).contains(next.seconds(since: .now)))
        await supervisor.stop()
    }

    @Test("a worker that cannot be started costs no attempt and is reported once")
    func missingWorker() async throws {
        var house = try House()
        house.configuration.worker = [ScratchFolder.path.appending("nothing")]
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.recorder.now.health.troubles.count == 1 }
        await eventually { house.status("beach.mp4") == .pending }
        #expect(house.manifest("beach.mp4")?.attempts == 0)
        #expect(house.recorder.now.problems.count == 1)
        await supervisor.stop()
    }

    @Test("an outbox whose disk is not mounted any more gets no results until it is back")
    func unmounted() async throws {
        var house = try House()
        // As a mount point is seen from above: a link, to one file system and then to another.
        let elsewhere = FilePath("/dev/shm/moments-\(UInt32.random(in: .min ... .max))")
        guard (try? Folder.make(elsewhere)) != nil else { return }
        defer { try? Folder.removeTree(elsewhere) }
        let (here, link) = (house.outbox, ScratchFolder.path.appending("mount"))
        guard try FileStatus.of(here).device != FileStatus.of(elsewhere).device else { return }
        #expect(symlink(here.text, link.text) == 0)
        house.configuration.outbox = link
        let supervisor = try await house.open()
        #expect(unlink(link.text) == 0)
        #expect(symlink(elsewhere.text, link.text) == 0)
        try house.drop("beach.mp4")
        await eventually { house.recorder.now.problems.contains { $0.contains("shows another file system") } }
        await eventually { house.status("beach.mp4") == .pending }
        #expect(try Folder.names(in: elsewhere).isEmpty)
        #expect(unlink(link.text) == 0)
        #expect(symlink(here.text, link.text) == 0)
        await eventually { house.status("beach.mp4") == .completed }
        #expect(house.results() == ["beach"])
        await supervisor.stop()
    }

    @Test("an incomplete file is uploading with the reason, and failed once it is given up; one with an index is tried")
    func incomplete() async throws {
        var house = try House()
        let supervisor = try await house.open()
        try house.drop("empty.mp4", "")
        let header: [UInt8] = [0, 0, 0, 8] + Array("ftyp".utf8)
        let index: [UInt8] = [0, 0, 0, 8] + Array("moov".utf8)
        let data: [UInt8] = [0, 0, 1, 0] + Array("mdatshort".utf8)
        try house.drop("headless.mp4", String(decoding: header + data, as: UTF8.self))
        try house.drop("short.mp4", String(decoding: header + index + data, as: UTF8.self))
        await eventually { house.manifest("short.mp4")?.message.hasPrefix("incomplete") == true }
        #expect(house.status("empty.mp4") == .uploading)
        await eventually { house.manifest("headless.mp4")?.message.contains("moov") == true }
        #expect(house.started.isEmpty)
        house.configuration.giveUpAfter = .seconds(0.1)
        await supervisor.reload(house.configuration)
        await eventually { house.status("empty.mp4") == .failed && house.status("headless.mp4") == .failed }
        #expect(house.manifest("headless.mp4")?.error?.kind == .corruptMedia)
        await eventually { house.status("short.mp4") == .completed }
        #expect(house.started == ["short.mp4"])
        await supervisor.stop()
    }

    @Test("a stop puts running jobs back into the queue without counting the attempt, and the next start finishes them")
    func stopAndStart() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("slow.mp4")
        await eventually { house.status("slow.mp4") == .processing }
        await first.stop()
        let manifest = try #require(house.manifest("slow.mp4"))
        #expect(manifest.status == .pending)
        #expect(manifest.attempts == 0)
        try AtomicFile.replace(house.script, with: Array("#!/bin/sh\nexit 7\n".utf8), mode: 0o755)
        let second = try await house.open()
        await eventually { house.manifest("slow.mp4")?.error?.kind == .workerCrashed }
        #expect(house.manifest("slow.mp4")?.jobID == manifest.jobID)
        await second.stop()
    }

    @Test("a job cut off by a crash of the daemon runs again, one that was published already is only completed")
    func recovery() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("done.mp4", "one")
        try house.drop("cut.mp4", "two")
        await eventually { house.status("done.mp4") == .completed && house.status("cut.mp4") == .completed }
        await first.stop()
        // As if the daemon had been killed: once after the rename into the outbox, once in the middle of the work.
        let store = ManifestStore(inbox: RootedDirectory(house.inbox))
        for name in ["done.mp4", "cut.mp4"] as [FilePath] {
            var manifest = try #require(house.manifest(name))
            manifest.pretend(.processing)
            manifest.result = nil
            try store.write(manifest)
        }
        try Folder.removeTree(house.outbox.appending("cut"))
        try Folder.make(house.outbox.appending(".momentsd/leftover"))
        let second = try await house.open()
        #expect(house.status("done.mp4") == .completed)
        #expect(house.manifest("done.mp4")?.result?.folder == "done")
        await eventually { house.status("cut.mp4") == .completed }
        await second.stop()
        #expect(house.started.filter { $0 == "done.mp4" }.count == 1)
        #expect(house.started.filter { $0 == "cut.mp4" }.count == 2)
        #expect(house.results() == ["cut", "done"])
        #expect(try Folder.names(in: house.outbox.appending(".momentsd")) == ["lock"])
    }

    @Test("what a job had reached is there for its next attempt, after a stop, a kill of the daemon, or a crash")
    func goesOn() async throws {
        var house = try House()
        house.configuration.retryPauses = [.seconds(0.2)]
        let script = #"""
            #!/bin/sh
            read -r spec
            staging=$(printf '%s' "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
            ls "$staging" >> "\#(house.starts.text)"
            echo '{"event":"stage_started","stage":"analyze"}'
            [ -e "$staging/found" ] || { touch "$staging/found" "$staging/litter"; kill -SEGV $$; }
            [ -e "$staging/more" ] || { touch "$staging/more"; echo '{"event":"stage_completed","stage":"analyze"}'; \#(house.never.wait); }
            printf hello > "$staging/highlight.mp4"
            echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"\#(House.helloDigest)"}],"input_duration":10,"output_duration":5,"segments_selected":2}}'
            """#
        try AtomicFile.replace(house.script, with: Array(script.utf8), mode: 0o755)
        let first = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.recorder.now.events.contains(.stageCompleted(.analyze)) }
        await first.stop()
        let second = try await house.open()
        await eventually { house.status("beach.mp4") == .completed }
        #expect(house.started == ["found", "litter", "found", "litter", "more"])
        #expect(house.results("beach") == ["highlight.mp4", "manifest.json"])
        await second.stop()
    }

    @Test("a transient failure is tried again at its time, also by the next daemon")
    func retriesSurvive() async throws {
        var house = try House()
        house.configuration.retryPauses = [.seconds(1.5)]
        house.configuration.stallTimeout = .seconds(1)
        let first = try await house.open()
        try house.drop("hang.mp4")
        await eventually { house.manifest("hang.mp4")?.error?.kind == .timedOut }
        await first.stop()
        let second = try await house.open()
        await eventually { house.started.count == 2 }
        await eventually { house.status("hang.mp4") == .failed }
        #expect(house.manifest("hang.mp4")?.nextAttemptAt == nil)
        await second.stop()
    }
}
