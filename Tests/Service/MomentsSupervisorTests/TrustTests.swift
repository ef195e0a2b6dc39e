import Glibc
import MomentsCore
import MomentsSettings
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("manifests are never obeyed", .scratchFolder, .timeLimit(.minutes(5)))
struct TrustTests {
    /// A manifest that says a video was completed, of a result that is somebody else's.
    private func planted(_ house: House, _ name: FilePath, _ folder: FilePath, _ status: JobStatus) throws -> Manifest {
        let path = house.inbox.appending(name)
        let status0 = try FileStatus.of(path)
        let source = SourceInfo(
            name: name,
            folder: "",
            size: status0.size,
            modifiedAt: status0.modifiedAt,
            contentID: try ContentIdentity.of(try Descriptor.openRegular(path), path: path)
        )
        var manifest = Manifest(
            jobID: JobIdentifier.make(),
            source: source,
            config: JobOptions(),
            preset: nil,
            at: .now
        )
        manifest.begin(at: .now)
        let output = JobResult.Output(kind: "highlight", path: "highlight.mp4", bytes: 5, sha256: "x")
        let result = JobResult(outputs: [output], inputDuration: 1, outputDuration: 1, segmentsSelected: 1)
        manifest.complete(result, folder: folder, at: .now)
        if status == .failed { manifest.fail(JobError(.corruptMedia, "planted"), in: nil, at: .now) }
        return manifest
    }

    @Test(
        "a stranger's manifest neither deletes, archives nor quarantines a video that was never processed",
        arguments: [JobStatus.completed, .failed]
    )
    func leaving(status: JobStatus) async throws {
        var house = try House()
        house.configuration.afterSuccess = .archive
        house.configuration.archive = ScratchFolder.path.appending("archive")
        house.configuration.afterFailure = .quarantine
        house.configuration.quarantine = ScratchFolder.path.appending("quarantine")
        try house.drop("slow.mp4")
        let manifest = try planted(house, "slow.mp4", "somebody", status)
        try house.drop("slow.mp4.moments.json", String(decoding: try MomentsJSON.document(manifest), as: UTF8.self))
        let supervisor = try await house.open()
        // It is worked on like any other instead.
        await eventually { house.started == ["slow.mp4"] }
        #expect(house.manifest("slow.mp4")?.jobID != manifest.jobID)
        #expect(try FileStatus.of(house.inbox.appending("slow.mp4")).kind == .regular)
        await supervisor.stop()
    }

    @Test("what a stranger's unfinished manifest says of content, age and tries is not believed")
    func unfinished() async throws {
        let house = try House()
        try house.drop("victim.mp4", "somebody else's video")
        var manifest = try planted(house, "victim.mp4", "victim", .completed)
        try house.drop("attacker.mp4", "another's own video..")
        let status = try FileStatus.of(house.inbox.appending("attacker.mp4"))
        let content = try planted(house, "attacker.mp4", "attacker", .completed).source.contentID
        manifest.source.name = "attacker.mp4"
        (manifest.source.size, manifest.source.modifiedAt) = (status.size, status.modifiedAt)
        manifest.result = nil
        manifest.createdAt = Timestamp(milliseconds: 0)
        manifest.attempts = 900_000
        manifest.pretend(.pending)
        let document = String(decoding: try MomentsJSON.document(manifest), as: UTF8.self)
        try house.drop("attacker.mp4.moments.json", document)
        let supervisor = try await house.open()
        await eventually { house.status("attacker.mp4") == .completed }
        let found = try #require(house.manifest("attacker.mp4"))
        #expect(found.source.contentID == content && found.attempts == 1)
        #expect(found.createdAt.milliseconds >= status.changed / 1_000_000)
        await supervisor.stop()
    }

    @Test(
        "a manifest without a video tells nothing of one that comes later",
        arguments: [JobStatus.completed, .failed]
    )
    func planted(before status: JobStatus) async throws {
        let house = try House()
        let text = "a video that comes later"
        try house.drop("ghost.mp4", text)
        let manifest = try planted(house, "ghost.mp4", "somebody", status)
        try Folder.removeFile(house.inbox.appending("ghost.mp4"))
        try house.drop("ghost.mp4.moments.json", String(decoding: try MomentsJSON.document(manifest), as: UTF8.self))
        let supervisor = try await house.open()
        try house.drop("later.mp4", text)
        await eventually { house.status("later.mp4") == .completed }
        #expect(house.started == ["later.mp4"])
        #expect(house.manifest("later.mp4")?.jobID != manifest.jobID)
        await supervisor.stop()
    }

    @Test(
        "a result's folder that is absolute, hidden or elsewhere is none, and the manifest none of ours",
        arguments: ["../inbox/.fake", "/etc", ".momentsd/x", "a/../../b"] as [FilePath]
    )
    func folders(folder: FilePath) async throws {
        let house = try House()
        try house.drop("beach.mp4")
        let manifest = try planted(house, "beach.mp4", folder, .completed)
        try house.drop("beach.mp4.moments.json", String(decoding: try MomentsJSON.document(manifest), as: UTF8.self))
        let store = ManifestStore(inbox: RootedDirectory(house.inbox))
        guard case .broken = try store.read("beach.mp4") else { throw CancellationError() }
        let supervisor = try await house.open()
        // The planted one says that it is completed, too.
        await eventually { house.manifest("beach.mp4")?.result?.folder == "beach" }
        #expect(house.status("beach.mp4") == .completed)
        #expect(!house.recorder.now.manifests.values.contains { $0.result?.folder == folder })
        await supervisor.stop()
    }

    @Test("a stranger's manifest does not have anybody else's videos shown", arguments: [false, true])
    func others(isAlbum: Bool) async throws {
        var house = try House()
        house.configuration.quiet = .seconds(0.5)
        try Folder.make(house.inbox.appending("alice"))
        try Folder.make(house.inbox.appending("bob"))
        try house.drop("alice/secret.mp4", "what bob may not see")
        try house.drop("bob/one.mp4", "bob's own")
        if isAlbum { try house.drop("bob/album.request.json", "45") }
        var manifest = try planted(house, "bob/one.mp4", "bob", .completed)
        let status = try FileStatus.of(house.inbox.appending("bob/one.mp4"))
        (manifest.source.name, manifest.source.folder) = (isAlbum ? "album" : "one.mp4", "bob")
        manifest.source.parts = ["alice/secret.mp4"]
        if isAlbum {
            manifest.source.contentID = "album-\(status.joined(with: [], names: ["bob/one.mp4"]).identity)"
        }
        (manifest.source.size, manifest.source.modifiedAt) = (status.size, status.modifiedAt)
        manifest.result = nil
        manifest.pretend(.pending)
        let name: FilePath = isAlbum ? "bob/album" : "bob/one.mp4"
        let place = ManifestName.manifest(of: name)
        try house.drop(place, String(decoding: try MomentsJSON.document(manifest), as: UTF8.self))
        let supervisor = try await house.open()
        await eventually { house.status(name) == .completed }
        #expect(house.manifest(name)?.source.parts == (isAlbum ? ["bob/one.mp4"] : []))
        #expect(house.specs.allSatisfy { !$0.contains("secret") || !$0.contains("bob") })
        await supervisor.stop()
    }

    @Test("texts of a stranger's manifest are cut when it is read")
    func texts() throws {
        let house = try House()
        try house.drop("beach.mp4")
        var manifest = try planted(house, "beach.mp4", "beach", .completed)
        manifest.message = String(repeating: "m", count: 300_000)
        manifest.config.title = String(repeating: "t", count: 300_000)
        manifest.preset = String(repeating: "p", count: 300_000)
        let store = ManifestStore(inbox: RootedDirectory(house.inbox))
        try store.write(manifest)
        guard case .manifest(let read) = try store.read("beach.mp4") else { throw CancellationError() }
        #expect(read.message.count == 2000)
        #expect((read.config.title ?? "").count + (read.preset ?? "").count < 500)
    }

    @Test("a completed job is known again when the state folder was lost: the outbox tells, where no stranger writes")
    func stateLost() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        await first.stop()
        let id = house.manifest("beach.mp4")?.jobID
        try Folder.removeFile(house.state.appending("ledger.jsonl"))
        let second = try await house.open()
        #expect(house.manifest("beach.mp4")?.jobID == id)
        #expect(house.status("beach.mp4") == .completed)
        #expect(house.started.count == 1)
        await second.stop()
    }

    @Test("a job found in work by three starts in a row fails, with what was seen, and the others are done")
    func threeStarts() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("slow.mp4")
        await eventually { house.manifest("slow.mp4")?.stages.first?.status == .running }
        let inWork = try #require(house.manifest("slow.mp4"))
        await first.stop()
        let store = ManifestStore(inbox: RootedDirectory(house.inbox))
        // As after three ends of the service that nobody asked for.
        for start in 1...3 {
            if start > 1 { #expect(house.status("slow.mp4") != .failed) }
            let ledger = Ledger(file: house.state.appending("ledger.jsonl"))
            if start < 3 { #expect(ledger.foundAtWork(inWork) == start) }
            try store.write(inWork)
        }
        let last = try await house.open()
        #expect(house.status("slow.mp4") == .failed)
        let error = try #require(house.manifest("slow.mp4")?.error)
        #expect(error.kind == .workerCrashed)
        #expect(!error.transient)
        #expect(error.message.contains("each of the last 3 times"))
        #expect(error.detail.contains("stage probe"))
        try house.drop("beach.mp4", "another")
        await eventually { house.status("beach.mp4") == .completed }
        #expect(house.started.count { $0 == "slow.mp4" } == 1)
        await last.stop()
    }

    @Test("other videos are noticed while a worker floods its streams, and little of that is passed on")
    func flood() async throws {
        let house = try House()
        let script = #"""
            #!/bin/sh
            read -r spec
            echo start >> "\#(house.starts.text)"
            yes '{"event":"note","text":"again and again"}' &
            yes 'it hurts' >&2 &
            wait
            """#
        try AtomicFile.replace(house.script, with: Array(script.utf8), mode: 0o755)
        let supervisor = try await house.open()
        try house.drop("flood.mp4")
        await eventually { house.started.count == 1 }
        for number in 0..<5 {
            let name = FilePath("v\(number).mp4")
            try house.drop(name, "video \(number)")
            await eventually { house.manifest(name) != nil }
        }
        // It has minutes to speak in before it is ended: the others were not noticed only after it.
        #expect(house.status("flood.mp4") == .processing)
        // What is passed on is bounded, however much is said.
        #expect(house.recorder.now.lines.count < 400)
        #expect(house.recorder.now.events.count < 20_000)
        await supervisor.stop()
    }

    @Test("a stop does not wait for a worker that ignores it longer than it was told to")
    func stubborn() async throws {
        var house = try House()
        house.configuration.stopTimeout = .seconds(1)
        let script = #"""
            #!/bin/sh
            trap '' TERM
            read -r spec
            echo start >> "\#(house.starts.text)"
            \#(house.never.wait)
            """#
        try AtomicFile.replace(house.script, with: Array(script.utf8), mode: 0o755)
        let supervisor = try await house.open()
        try house.drop("stubborn.mp4")
        await eventually { house.started.count == 1 }
        // It would never end by itself.
        await supervisor.stop()
        #expect(house.status("stubborn.mp4") == .pending)
        #expect(house.manifest("stubborn.mp4")?.attempts == 0)
    }

    @Test("an outbox that is moved away is told within seconds though nothing happens, and so is its return")
    func outboxMoved() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        let away = ScratchFolder.path.appending("away")
        try Folder.move(house.outbox, to: away)
        // By the kernel's report, or, where it gives no more of those, by a look every few seconds.
        await eventually("told") { house.recorder.now.health.isStuck }
        #expect(house.recorder.now.health.troubles.first?.contains("outbox") == true)
        try Folder.move(away, to: house.outbox)
        await eventually("well again") { house.recorder.now.health.troubles.isEmpty }
        await supervisor.stop()
    }

    @Test("a changed configuration that cannot be used is a trouble until one comes that can")
    func refused() async throws {
        let house = try House()
        let supervisor = try await house.open()
        await supervisor.refuseSettings("momentsd.conf:3: [Workers] Count= cannot be 'many'")
        await eventually { house.recorder.now.health.troubles.contains { $0.contains("Count= cannot be 'many'") } }
        #expect(!house.recorder.now.health.isStuck)
        await supervisor.refuseSettings("momentsd.conf:3: [Workers] Count= cannot be 'more'")
        await eventually { house.recorder.now.health.troubles.contains { $0.contains("'more'") } }
        #expect(house.recorder.now.health.troubles.count == 1)
        await supervisor.reload(house.configuration)
        await eventually { house.recorder.now.health.troubles.isEmpty }
        await supervisor.stop()
    }
}
