import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// The way of an edit: request, worker, state folder, next reel.
@Suite("edits teach the daemon", .scratchFolder, .timeLimit(.minutes(10)))
struct RealTasteTests: DaemonFixture {
    private func configureReal() throws {
        let text = """
            [Folders]
            Inbox=\(inbox)
            Outbox=\(outbox)
            State=\(root)/state
            Presets=\(root)/presets
            [Intake]
            SettleTime=300ms
            [Highlight]
            TargetDuration=4s
            [Stills]
            Preview=off
            [Status]
            Socket=\(root)/status.sock
            """
        try AtomicFile.replace(configuration, with: text.utf8, durable: false)
    }

    private func manifest(_ name: FilePath) -> Manifest? {
        let path = inbox.appending(name.adding(suffix: Manifest.suffix))
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    private func isDone(_ name: FilePath, after job: String? = nil) -> Bool {
        manifest(name).map { $0.status == .completed && $0.jobID != job } ?? false
    }

    private func judgments() throws -> [Judgment] {
        let file = root.appending("state/taste/folder-alice.jsonl")
        guard let bytes = try? Descriptor.openRegular(file).read(1 << 20, at: 0, of: file) else { return [] }
        return try bytes.split(separator: UInt8(ascii: "\n")).map {
            try MomentsJSON.decode(Judgment.self, from: Data($0))
        }
    }

    private func taste(_ words: String...) async throws -> BuiltProgram.Run {
        let all = ["taste"] + words + ["--config", configuration.text]
        return try await BuiltProgram("moments").run(all.map { FilePath($0) })
    }

    @Test("a ban is kept with the signals of both stretches, chooses the next reel, is told, exported and forgotten")
    func learns() async throws {
        try configureReal()
        try Folder.make(inbox.appending("alice"))
        let daemon = try start()
        try Folder.move(try TestMedia.clip("one.mp4", seconds: 20), to: inbox.appending("alice/one.mp4"))
        await wait { isDone("alice/one.mp4") }
        let first = try #require(manifest("alice/one.mp4"))
        #expect(first.taste == nil)
        await wait { (try? judgments().isEmpty) == false }
        #expect(try judgments().allSatisfy { $0.kind == .kept && $0.job == first.jobID })
        // The reel's first shot is banned, and something else taken in.
        let reel = outbox.appending(try #require(first.result?.folder)).appending("highlight.json")
        struct Reel: Decodable {
            struct Shot: Decodable {
                let start: Double
                let end: Double
                enum CodingKeys: String, CodingKey {
                    case start = "in"
                    case end = "out"
                }
            }
            let shots: [Shot]
        }
        let shown = try MomentsJSON.decode(
            Reel.self,
            from: Data(try Descriptor.openRegular(reel).read(1 << 20, at: 0, of: reel))
        ).shots[0]
        let pin = shown.start > 10 ? [2, 4] : [15, 17]
        let request = "{\"ban\": [[\(shown.start), \(shown.end)]], \"pin\": [[\(pin[0]), \(pin[1])]]}"
        try AtomicFile.replace(inbox.appending("alice/one.mp4.request.json"), with: request.utf8, durable: false)
        await wait { isDone("alice/one.mp4", after: first.jobID) }
        let second = try #require(manifest("alice/one.mp4"))
        await wait { (try? judgments().contains { $0.kind == .edit }) == true }
        let taught = try judgments().filter { $0.kind == .edit }
        #expect(taught.allSatisfy { $0.job == second.jobID && $0.pair.better.signals["motion"] != nil })
        #expect(taught.contains { abs($0.pair.better.start - Double(pin[0])) < 0.1 })
        // The next reel of the same folder is chosen by it; that of another folder is not.
        try Folder.make(inbox.appending("bob"))
        try Folder.move(try TestMedia.clip("two.mp4", seconds: 16), to: inbox.appending("alice/two.mp4"))
        try Folder.move(try TestMedia.clip("three.mp4", seconds: 17), to: inbox.appending("bob/three.mp4"))
        await wait { isDone("alice/two.mp4") && isDone("bob/three.mp4") }
        #expect(manifest("alice/two.mp4")?.taste?.edits == 1)
        #expect(manifest("bob/three.mp4")?.taste == nil)
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
        let shownTaste = try await taste("show")
        #expect(shownTaste.output.contains("folder 'alice': 1 edited reel"), "\(shownTaste.errors)")
        let why = try await taste("why", inbox.appending("alice/one.mp4").text)
        #expect(why.output.contains("its edit taught:"), "\(why.output) \(why.errors)")
        let exported = try await taste("export", "alice")
        #expect(exported.output.split(separator: "\n").count == (try judgments().count))
        #expect(exported.output.contains("alice/one.mp4"))
        #expect(try await !taste("export", "alice", "--anonymous").output.contains("one.mp4"))
        let file = root.appending("exported.jsonl")
        try AtomicFile.replace(file, with: exported.output.utf8, durable: false)
        #expect(try await taste("reset", "alice").exit == .exited(0))
        #expect(try judgments() == [])
        #expect(try await taste("import", inbox.appending("alice").text, file.text).exit == .exited(0))
        #expect(try judgments().contains { $0.kind == .edit })
        let broken = root.appending("broken.jsonl")
        try AtomicFile.replace(broken, with: "{}\n".utf8, durable: false)
        let refused = try await taste("import", "alice", broken.text)
        #expect(refused.exit == .exited(1) && refused.errors.contains("line 1 is no judgment"))
        // Of what is too large nothing is taken, rather than a part that ends anywhere.
        let large = root.appending("large.jsonl")
        try AtomicFile.replace(large, with: exported.output.utf8, durable: false)
        #expect(truncate(large.text, (64 << 20) + 1) == 0)
        let tooLarge = try await taste("import", "alice", large.text)
        #expect(tooLarge.exit == .exited(1) && tooLarge.errors.contains("is larger than 64 MiB"))
        // What cannot be read was not learnt by nobody.
        let place = root.appending("state/taste")
        try Folder.removeTree(place)
        #expect(symlink("taste", place.text) == 0)
        let unreadable = try await taste("show")
        #expect(unreadable.exit == .exited(1) && unreadable.errors.contains("as the service's user"))
    }

    @Test("another user's request is obeyed and teaches nothing, which the manifest says", .enabled(if: geteuid() == 0))
    func othersTeachNothing() async throws {
        try configureReal()
        let folder = inbox.appending("alice")
        try Folder.make(folder)
        #expect(chown(folder.text, 4001, gid_t.max) == 0)
        let daemon = try start()
        try Folder.move(try TestMedia.clip("one.mp4", seconds: 12), to: folder.appending("one.mp4"))
        let request = folder.appending("one.mp4.request.json")
        let made = root.appending("request")
        try AtomicFile.replace(made, with: "{\"pin\": [[8, 9]], \"ban\": [[0, 2]]}".utf8, durable: false)
        #expect(chown(made.text, 4002, gid_t.max) == 0)
        try Folder.move(made, to: request)
        await wait { isDone("alice/one.mp4") }
        let notes = manifest("alice/one.mp4")?.notes ?? []
        #expect(notes.contains { $0.hasPrefix("Nothing is learnt of what this request changes") }, "\(notes)")
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
        #expect(try judgments() == [])
    }
}
