import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSettings
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("a recording in several files is one job", .scratchFolder, .timeLimit(.minutes(5)))
struct PartTests {
    private func put(_ house: House, _ name: FilePath, seconds: Int = 20, content: String? = nil) throws {
        let bytes = MiniMovie.bytes(seconds: seconds, content: content ?? name.text)
        try AtomicFile.replace(house.inbox.appending(name), with: bytes)
    }

    /// What stands in place of a manifest.
    private func note(_ house: House, _ name: FilePath) -> String? {
        let path = house.inbox.appending(ManifestName.manifest(of: name))
        return (try? Descriptor.openRegular(path).read(4096, at: 0, of: path)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test("it has one manifest; the others point to it, and no file of it is done by itself")
    func one() async throws {
        let house = try House()
        for name in ["GX010012.MP4", "GX020012.MP4", "GX030012.MP4", "other.mp4"] { try put(house, FilePath(name)) }
        let supervisor = try await house.open()
        await eventually { house.status("GX010012.MP4") == .completed && house.status("other.mp4") == .completed }
        #expect(house.started.sorted() == ["GX010012.MP4", "other.mp4"])
        let manifest = try #require(house.manifest("GX010012.MP4"))
        #expect(manifest.source.parts == ["GX020012.MP4", "GX030012.MP4"])
        let sizes = try manifest.source.files.map { try FileStatus.of(house.inbox.appending($0)).size }
        #expect(manifest.source.size == sizes.reduce(0, +))
        await eventually { note(house, "GX030012.MP4")?.contains("GX010012.MP4.moments.json") == true }
        #expect(house.manifest("GX020012.MP4") == nil)
        #expect(Set(house.recorder.now.manifests.values.map(\.source.name)) == ["GX010012.MP4", "other.mp4"])
        await supervisor.stop()
        // Nothing of it is begun anew by the next service.
        let next = try await house.open()
        try await house.pass()
        #expect(house.started.sorted() == ["GX010012.MP4", "other.mp4", "sentinel.mp4"])
        await next.stop()
    }

    @Test("a file that comes late is taken in by a new run, and so is one that changes; one that goes too")
    func late() async throws {
        let house = try House()
        try put(house, "GX010012.MP4")
        let supervisor = try await house.open()
        await eventually { house.status("GX010012.MP4") == .completed }
        try put(house, "GX020012.MP4")
        await eventually { house.manifest("GX010012.MP4")?.source.parts == ["GX020012.MP4"] }
        await eventually { house.status("GX010012.MP4") == .completed && house.starts(of: "GX010012.MP4") == 2 }
        try put(house, "GX020012.MP4", content: "other pictures, as many as before")
        await eventually { house.starts(of: "GX010012.MP4") == 3 && house.status("GX010012.MP4") == .completed }
        #expect(house.starts(of: "GX020012.MP4") == 0)
        try Folder.removeFile(house.inbox.appending("GX020012.MP4"))
        await eventually { house.starts(of: "GX010012.MP4") == 4 && house.status("GX010012.MP4") == .completed }
        #expect(house.manifest("GX010012.MP4")?.source.parts == [])
        await supervisor.stop()
    }

    @Test("the first file may come last, and a missing one between two is said, not bridged")
    func gaps() async throws {
        let house = try House()
        try put(house, "GX020012.MP4")
        try put(house, "GX040012.MP4")
        let supervisor = try await house.open()
        await eventually { house.status("GX020012.MP4") == .completed && house.status("GX040012.MP4") == .completed }
        #expect(house.recorder.now.notes.contains { $0.contains("'GX030012.MP4' is missing") })
        try put(house, "GX010012.MP4")
        await eventually { house.manifest("GX010012.MP4")?.source.parts == ["GX020012.MP4"] }
        await eventually { house.status("GX010012.MP4") == .completed }
        await eventually { house.manifest("GX020012.MP4") == nil }
        #expect(house.status("GX040012.MP4") == .completed)
        await supervisor.stop()
    }

    @Test("all its files are archived together, and nothing is left of it in the inbox")
    func archived() async throws {
        var house = try House()
        house.configuration.afterSuccess = .archive
        house.configuration.archive = ScratchFolder.path.appending("archive")
        for name in ["GX010012.MP4", "GX020012.MP4"] { try put(house, FilePath(name)) }
        let supervisor = try await house.open()
        let archive = house.configuration.archive
        await eventually { (try? FileStatus.of(archive.appending("GX010012.MP4"))) != nil }
        try house.drop("last.mp4", "a video that comes after all others")
        await eventually { (try? FileStatus.of(archive.appending("last.mp4"))) != nil }
        let names = try Folder.names(in: archive).map(\.text)
        #expect(names.contains("GX020012.MP4") && names.contains("GX010012.MP4.moments.json"))
        func left() -> [String] {
            ((try? Folder.names(in: house.inbox)) ?? []).map(\.text).filter { $0.hasPrefix("GX") }
        }
        await eventually("\(left())") { left().isEmpty }
        #expect(house.starts(of: "GX010012.MP4") == 1 && house.starts(of: "GX020012.MP4") == 0)
        await supervisor.stop()
    }

    @Test(
        "one that was leaving when the service was killed has left wholly after the next start, and is not done again",
        arguments: [true, false]
    )
    func killed(isArchived: Bool) async throws {
        var house = try House()
        let names: [FilePath] = ["GX010012.MP4", "GX020012.MP4", "GX030012.MP4"]
        for name in names { try put(house, name) }
        let first = try await house.open()
        await eventually { house.status(names[0]) == .completed }
        await first.stop()
        let manifest = try #require(house.manifest(names[0]))
        let statuses = try names.map { try FileStatus.of(house.inbox.appending($0)) }
        let archive = Archive(root: ScratchFolder.path.appending("archive"))
        let departure = try Departure(manifest, statuses, to: isArchived ? archive : nil)
        try Departures(folder: house.state.appending("leaving")).begin(departure)
        // So far it came.
        if isArchived {
            try Folder.make(archive.root)
            try Folder.move(house.inbox.appending(names[2]), to: archive.root.appending(names[2]))
        } else {
            try Folder.removeFile(house.inbox.appending(names[2]))
        }
        house.configuration.afterSuccess = isArchived ? .archive : .delete
        house.configuration.archive = archive.root
        let next = try await house.open()
        try await house.passAway("last.mp4")
        let left = try Folder.names(in: house.inbox).map(\.text).filter { $0.hasPrefix("GX") }
        #expect(left.isEmpty, "\(left)")
        #expect(house.starts(of: "GX010012.MP4") == 1 && house.starts(of: "GX020012.MP4") == 0)
        let there = isArchived ? try Folder.names(in: archive.root).map(\.text).filter { $0.hasPrefix("GX") } : []
        #expect(there.count == (isArchived ? 4 : 0), "\(there)")
        #expect(house.results().contains("GX010012"))
        await next.stop()
    }

    @Test("where the archive has a file of that name from another card, all files of the recording get a number")
    func taken() async throws {
        var house = try House()
        house.configuration.afterSuccess = .archive
        house.configuration.archive = ScratchFolder.path.appending("archive")
        let archive = house.configuration.archive
        try Folder.make(archive)
        try AtomicFile.replace(archive.appending("GX020012.MP4"), with: Array("of last year".utf8))
        for name in ["GX010012.MP4", "GX020012.MP4", "GX030012.MP4"] { try put(house, FilePath(name)) }
        let supervisor = try await house.open()
        await eventually { (try? FileStatus.of(archive.appending("GX010012 (2).MP4"))) != nil }
        try await house.passAway("last.mp4")
        let names = Set(try Folder.names(in: archive).map(\.text))
        #expect(names.isSuperset(of: ["GX020012.MP4", "GX010012 (2).MP4", "GX020012 (2).MP4", "GX030012 (2).MP4"]))
        #expect(try Descriptor.openRegular(archive.appending("GX020012.MP4")).status("").size == 12)
        await supervisor.stop()
    }
}
