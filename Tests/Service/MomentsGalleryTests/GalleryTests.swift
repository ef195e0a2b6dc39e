import Foundation
import MomentsCore
import MomentsGallery
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the gallery", .scratchFolder)
struct GalleryTests {
    private static func manifest(_ number: Int, name: FilePath = "a.mp4", status: JobStatus = .completed) -> Manifest {
        let time = Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 1000)
        var manifest = Manifest(
            jobID: "job-\(number)",
            source: SourceInfo(name: name, folder: "", size: 1, modifiedAt: time, contentID: nil),
            config: JobOptions(),
            preset: nil,
            at: time
        )
        manifest.pretend(status)
        manifest.message = "going on <b>"
        manifest.updatedAt = time
        manifest.completedAt = time
        guard status == .completed else { return manifest }
        var result = JobResult(
            outputs: [
                .init(kind: "thumbnail", path: "thumbnail.jpg", bytes: 1, sha256: ""),
                .init(kind: "report", path: "report.html", bytes: 1, sha256: ""),
                .init(kind: "preview", path: "preview.webp", bytes: 1, sha256: ""),
            ],
            inputDuration: 100,
            outputDuration: 30,
            segmentsSelected: 3
        )
        result.folder = name.stem.adding(suffix: number == 0 ? "" : " (\(number))")
        manifest.result = result
        return manifest
    }

    private func page() throws -> String {
        let path = ScratchFolder.path.appending("index.html")
        return String(decoding: try Descriptor.openRegular(path).read(4 << 20, at: 0, of: path), as: UTF8.self)
    }

    private func box(_ number: Int) throws -> String {
        let path = ScratchFolder.path.appending(".gallery/\(number).js")
        return String(decoding: try Descriptor.openRegular(path).read(4 << 20, at: 0, of: path), as: UTF8.self)
    }

    @Test("results stand newest first, with picture, preview, lengths and day")
    func results() throws {
        let gallery = Gallery(outbox: ScratchFolder.path)
        for number in 0..<3 { try gallery.take(Self.manifest(number)) }
        #expect(try gallery.write())
        let text = try page()
        let places = ["a%20%282%29/report.html", "a%20%281%29/report.html", "\"a/report.html\""].map {
            text.range(of: $0)
        }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap { $0?.lowerBound } == places.compactMap { $0?.lowerBound }.sorted())
        #expect(text.contains("data-preview=\"a/preview.webp\"") && text.contains("00:00:30 of 00:01:40"))
        #expect(text.contains("2023-11-14"))
        // Nothing new, nothing written.
        #expect(try !gallery.write())
        try gallery.take(Self.manifest(2))
        #expect(try !gallery.write())
    }

    @Test("one more result writes one file of a hundred, and what is there is found again")
    func boxes() throws {
        let gallery = Gallery(outbox: ScratchFolder.path)
        try gallery.fill((0..<250).map { Self.manifest($0) })
        let before = try (0..<3).map { try FileStatus.of(ScratchFolder.path.appending(".gallery/\($0).js")).inode }
        let again = Gallery(outbox: ScratchFolder.path)
        #expect(again.count == 250)
        try again.take(Self.manifest(250))
        let after = try (0..<3).map { try FileStatus.of(ScratchFolder.path.appending(".gallery/\($0).js")).inode }
        #expect(after[0] == before[0] && after[1] == before[1] && after[2] != before[2])
        #expect(try box(2).hasPrefix("momentsGallery(2,["))
        try again.remove("a (7)")
        #expect(Gallery(outbox: ScratchFolder.path).count == 250)
        #expect(try !box(0).contains("a%20%287%29"))
    }

    @Test("a video made anew takes the place of its former result, and comes first")
    func replaced() throws {
        let gallery = Gallery(outbox: ScratchFolder.path)
        try gallery.fill((0..<150).map { Self.manifest($0) })
        var newer = Self.manifest(3)
        newer.jobID = "job-x"
        newer.completedAt = Timestamp(milliseconds: 1_800_000_000_000)
        try gallery.take(newer)
        #expect(gallery.count == 150)
        try gallery.write()
        let text = try page()
        let first = try #require(text.range(of: "<li><a href=\""))
        #expect(text[first.upperBound...].hasPrefix("a%20%283%29/"))
    }

    @Test("what is under way or failed is named with its reason until it is over")
    func tasks() throws {
        let gallery = Gallery(outbox: ScratchFolder.path)
        var failed = Self.manifest(1, name: "broken.mp4", status: .failed)
        failed.error = JobError(.corruptMedia, "'broken.mp4' is damaged: no moov; copy it again.")
        var working = Self.manifest(2, name: "work.mp4", status: .processing)
        working.progress = 41.7
        for manifest in [failed, working, Self.manifest(3, name: "up.mp4", status: .uploading)] {
            try gallery.take(manifest)
        }
        try gallery.write()
        var text = try page()
        #expect(text.contains("is damaged: no moov; copy it again.") && text.contains("value=\"41\""))
        #expect(text.contains("up.mp4") && text.contains("going on &lt;b&gt;"))
        gallery.forget("job-1")
        working.pretend(.cancelled)
        try gallery.take(working)
        try gallery.write()
        text = try page()
        #expect(!text.contains("broken.mp4") && !text.contains("work.mp4") && text.contains("up.mp4"))
    }

    @Test(
        "no name becomes markup or leads elsewhere",
        arguments: [
            FilePath("<script>alert(1)</script>.mp4"), FilePath("\"onmouseover=\"alert(1).mp4"),
            FilePath("javascript:alert(1).mp4"), FilePath("a\n\u{202E}b.mp4"),
            FilePath(bytes: [0xFF, 0x27, 0x22, 0x3C]),
        ]
    )
    func hostileNames(name: FilePath) throws {
        let gallery = Gallery(outbox: ScratchFolder.path)
        try gallery.take(Self.manifest(0, name: name))
        try gallery.take(Self.manifest(1, name: name, status: .failed))
        try gallery.write()
        let text = try page()
        #expect(text.components(separatedBy: "<script").count == 2)
        #expect(!text.contains("\"onmouseover") && !text.contains("href=\"javascript:") && !text.contains("\u{202E}"))
        #expect(!text.contains("<<") && text.components(separatedBy: "<h1>").count == 2)
        #expect(Gallery(outbox: ScratchFolder.path).count == 1)
    }
}
