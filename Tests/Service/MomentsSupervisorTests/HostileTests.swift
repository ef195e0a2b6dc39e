import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("an inbox that strangers write to", .scratchFolder, .timeLimit(.minutes(5)))
struct HostileTests {
    @Test("names of any bytes and any length are processed, each into a folder of its own inside the outbox")
    func names() async throws {
        let house = try House()
        let supervisor = try await house.open()
        let names: [FilePath] = [
            FilePath(bytes: [0x61, 0xff, 0xfe, 0x2e, 0x6d, 0x70, 0x34]), "new\nline.mp4", "tab\there.mp4", "--help.mp4",
            "dollar$(touch pwned).mp4", "back\\slash.mp4", FilePath(String(repeating: "n", count: 251) + ".mp4"),
            FilePath(String(repeating: "長", count: 83) + ".mp4"), "\u{202e}gpm.mp4", "trailing...", "U\u{308}.mp4",
            "Ü.mp4",
        ]
        for (number, name) in names.enumerated() { try house.drop(name, "video \(number)") }
        for name in names { await eventually("\(name)") { house.status(name) == .completed } }
        #expect(house.results().count == names.count)
        #expect(Set(house.manifestJobs).count == names.count)
        await supervisor.stop()
    }

    @Test("links and pipes are never opened; a link out of the inbox is refused by name, the rest is left alone")
    func special() async throws {
        let house = try House()
        let outside = ScratchFolder.path.appending("outside.mp4")
        try AtomicFile.replace(outside, with: Array("secret".utf8))
        #expect(symlink(outside.text, house.inbox.appending("link.mp4").text) == 0)
        #expect(symlink("/", house.inbox.appending("root").text) == 0)
        #expect(mkfifo(house.inbox.appending("pipe.mp4").text, 0o644) == 0)
        try Folder.make(house.inbox.appending("folder.mp4"))
        #expect(symlink(outside.text, house.inbox.appending("beach.mp4.request.json").text) == 0)
        try house.drop(".hidden.mp4")
        try house.drop("half.mp4.part")
        let supervisor = try await house.open()
        #expect(symlink(outside.text, house.inbox.appending("later.mp4").text) == 0)
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .failed }
        #expect(house.manifest("beach.mp4")?.error?.kind == .invalidRequest)
        #expect(symlink("beach.mp4", house.inbox.appending("inside.mp4").text) == 0)
        let refused: [FilePath] = ["link.mp4", "later.mp4", "root"]
        for link in refused { await eventually("\(link)") { house.status(link) == .failed } }
        for link in refused { #expect(house.manifest(link)?.error?.kind == .unsupportedFormat) }
        try await house.pass()
        #expect(house.started == ["sentinel.mp4"])
        let manifests = try Folder.names(in: house.inbox).filter { $0.hasSuffix(Manifest.suffix) }
        let known = refused + ["beach.mp4", "sentinel.mp4"]
        #expect(manifests == known.map { $0.adding(suffix: Manifest.suffix) }.sorted())
        await supervisor.stop()
    }

    @Test(
        "a torn, foreign or planted manifest is put aside and neither obeyed nor destroyed",
        arguments: [
            "", "{", #"{"schema":"momentsd.manifest/9"}"#, #"{"status":"completed"}"#, "[[[[[[[[[[", "\u{0}\u{1}",
        ]
    )
    func brokenManifest(content: String) async throws {
        let house = try House()
        try house.drop("beach.mp4")
        try house.drop("beach.mp4.moments.json", content)
        let supervisor = try await house.open()
        await eventually { house.status("beach.mp4") == .completed }
        let aside = house.inbox.appending("beach.mp4.moments.json.broken-1")
        #expect(try Descriptor.openRegular(aside).read(100, at: 0, of: aside) == Array(content.utf8))
        #expect(house.recorder.now.problems.count == 1)
        await supervisor.stop()
    }

    @Test("a manifest copied along with its video is not taken for the other video's job")
    func copiedManifest() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        await first.stop()
        let manifest = try #require(house.manifest("beach.mp4"))
        try house.drop("copy.mp4", "another video")
        let text = String(decoding: try MomentsJSON.document(manifest), as: UTF8.self)
        try house.drop("copy.mp4.moments.json", text)
        let second = try await house.open()
        await eventually { house.status("copy.mp4") == .completed && house.results().count == 2 }
        #expect(house.manifest("copy.mp4")?.jobID != house.manifest("beach.mp4")?.jobID)
        #expect(house.manifest("beach.mp4")?.jobID == manifest.jobID)
        await second.stop()
    }

    @Test("a manifest cannot lead a result, or its removal, out of the outbox")
    func plantedResult() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        await first.stop()
        let victim = ScratchFolder.path.appending("victim")
        try Folder.make(victim)
        var manifest = try #require(house.manifest("beach.mp4"))
        manifest.pretend(.processing)
        manifest.jobID = JobIdentifier.make()
        manifest.result?.folder = "../victim"
        manifest.source.folder = "../.."
        manifest.source.name = "../victim"
        let document = String(decoding: try MomentsJSON.document(manifest), as: UTF8.self)
        try house.drop("beach.mp4.moments.json", document)
        let second = try await house.open()
        await eventually { house.results() == ["beach", "beach (2)"] && house.status("beach.mp4") == .completed }
        #expect(try Folder.names(in: victim).isEmpty)
        await second.stop()
    }

    @Test("the whole inbox going away is no removal of its videos")
    func inboxGone() async throws {
        var house = try House()
        house.configuration.reconcileInterval = .seconds(0.5)
        house.configuration.workers = 2
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        try house.drop("slow.mp4", "another")
        await eventually { house.status("beach.mp4") == .completed && house.status("slow.mp4") == .processing }
        let away = ScratchFolder.path.appending("away")
        try Folder.move(house.inbox, to: away)
        await eventually { !house.recorder.now.health.troubles.isEmpty }
        try await house.passElsewhere()
        await supervisor.compare()
        #expect(house.recorder.now.removed.isEmpty)
        try Folder.move(away, to: house.inbox)
        await eventually { house.recorder.now.health.troubles.isEmpty }
        try house.drop("later.mp4", "a third")
        try Folder.removeFile(house.inbox.appending("slow.mp4"))
        await eventually { house.status("later.mp4") == .completed }
        #expect(house.started.sorted() == ["beach.mp4", "later.mp4", "slow.mp4"])
        await supervisor.stop()
    }
}

extension House {
    /// The identifiers in all manifests of the inbox.
    var manifestJobs: [String] {
        let names = (try? Folder.names(in: inbox)) ?? []
        return names.filter { $0.hasSuffix(Manifest.suffix) }.compactMap { name in
            let path = inbox.appending(name)
            guard let file = try? Descriptor.openRegular(path), let bytes = try? file.read(1 << 20, at: 0, of: path)
            else {
                return nil
            }
            return try? MomentsJSON.decode(Manifest.self, from: .init(bytes)).jobID
        }
    }
}
