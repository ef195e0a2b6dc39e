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
}
