import Foundation
import Glibc
import MomentsCore
import MomentsGallery
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the gallery", .scratchFolder)
struct GalleryTests {
    init() throws { try GallerySample.makeOutbox() }

    private static func manifest(_ number: Int, name: FilePath = "a.mp4", status: JobStatus = .completed) -> Manifest {
        GallerySample.manifest(number, name: name, status: status)
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
        for number in 0..<3 { gallery.put(Self.manifest(number)) }
        #expect(try gallery.write() == .written)
        let text = try page()
        let places = ["a%20%282%29/report.html", "a%20%281%29/report.html", "\"a/report.html\""].map {
            text.range(of: $0)
        }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap { $0?.lowerBound } == places.compactMap { $0?.lowerBound }.sorted())
        #expect(text.contains("data-preview=\"a/preview.webp\"") && text.contains("00:00:30 of 00:01:40"))
        #expect(text.contains("2023-11-14"))
        // Nothing new, nothing written.
        #expect(try gallery.write() == .unchanged)
        gallery.put(Self.manifest(2))
        #expect(try gallery.write() == .unchanged)
    }

    @Test("a reel that is longer than its source is not said to be of it")
    func longer() throws {
        var manifest = Self.manifest(0)
        manifest.result?.inputDuration = 3
        let gallery = Gallery(outbox: ScratchFolder.path)
        gallery.put(manifest)
        #expect(try gallery.write() == .written)
        #expect(try page().contains("<span>00:00:30</span>"))
    }

    /// A gallery with that many results, written.
    private func filled(_ count: Int) throws -> Gallery {
        let gallery = Gallery(outbox: ScratchFolder.path)
        for number in 0..<count { gallery.put(Self.manifest(number)) }
        #expect(try gallery.write() == .written)
        return gallery
    }

    private func reopened() throws -> Gallery {
        let gallery = Gallery(outbox: ScratchFolder.path)
        try gallery.read()
        return gallery
    }

    @Test("one more result writes one file of a hundred, and what is there is found again")
    func boxes() throws {
        _ = try filled(250)
        let before = try (0..<3).map { try FileStatus.of(ScratchFolder.path.appending(".gallery/\($0).js")).inode }
        let again = try reopened()
        #expect(again.count == 250)
        again.put(Self.manifest(250))
        #expect(try again.write() == .written)
        let after = try (0..<3).map { try FileStatus.of(ScratchFolder.path.appending(".gallery/\($0).js")).inode }
        #expect(after[0] == before[0] && after[1] == before[1] && after[2] != before[2])
        #expect(try box(2).hasPrefix("momentsGallery(2,["))
        again.remove("a (7)")
        #expect(try again.write() == .written)
        #expect(try reopened().count == 250)
        #expect(try !box(0).contains("a%20%287%29"))
    }

    @Test("a result that takes another's place comes first")
    func replaced() throws {
        let gallery = try filled(150)
        var newer = Self.manifest(3)
        newer.jobID = GallerySample.job(77_777)
        newer.completedAt = Timestamp(milliseconds: 1_800_000_000_000)
        gallery.put(newer)
        #expect(gallery.count == 150)
        #expect(try gallery.write() == .written)
        let text = try page()
        let first = try #require(text.range(of: "<li><a href=\""))
        #expect(text[first.upperBound...].hasPrefix("a%20%283%29/"))
    }

    @Test("what was removed meanwhile is taken out, what came is read once, and older ones get their place")
    func reconciled() throws {
        _ = try filled(120)
        let gallery = try reopened()
        let manifests = (5..<130).map { Self.manifest($0) } + [Self.manifest(-1)]
        let folders = manifests.compactMap(\.result?.folder)
        var read: [FilePath] = []
        gallery.reconcile(folders) { folder in
            read.append(folder)
            return manifests.first { $0.result?.folder == folder }
        }
        #expect(gallery.count == 126 && read.count == 11)
        #expect(try gallery.write() == .written)
        #expect(try box(0).hasPrefix("momentsGallery(0,[{\"address\":\"a%20%28-1%29\""))
        #expect(try reopened().count == 126)
        gallery.reconcile([]) { _ in nil }
        #expect(try gallery.write() == .written)
        #expect(try Folder.names(in: ScratchFolder.path.appending(".gallery")).isEmpty)
        #expect(try page().contains("<p>0 results</p>"))
    }

    @Test("files of entries that somebody else wrote bring nothing impossible in")
    func forged() throws {
        _ = try filled(1)
        let path = ScratchFolder.path.appending(".gallery/0.js")
        let text = try box(0)
        for (old, new) in [
            ("\"a\"", "\"javascript:alert(1)\""), ("\"length\":100", "\"length\":1e300"), ("[{", "[[{"), ("]", ""),
        ] {
            try AtomicFile.replace(path, with: text.replacingOccurrences(of: old, with: new).utf8, durable: false)
            #expect(try reopened().count == 0, "\(old) as \(new)")
        }
        try AtomicFile.replace(path, with: text.utf8, durable: false)
        #expect(try reopened().count == 1)
    }

    @Test("somebody else's page stays, one of ours or an empty one is replaced")
    func stranger() throws {
        let path = ScratchFolder.path.appending("index.html")
        try AtomicFile.replace(path, with: "<h1>My films</h1>".utf8, durable: false)
        let gallery = Gallery(outbox: ScratchFolder.path)
        gallery.put(Self.manifest(0))
        #expect(try gallery.write() == .taken)
        #expect(try page() == "<h1>My films</h1>")
        try gallery.clear()
        #expect(try page() == "<h1>My films</h1>")
        try AtomicFile.replace(path, with: "".utf8, durable: false)
        #expect(try gallery.write() == .written)
        gallery.put(Self.manifest(1))
        #expect(try gallery.write() == .written)
        try gallery.clear()
        #expect(try Folder.names(in: ScratchFolder.path) == [".momentsd"])
    }

    @Test("where a link is put in the folder's place, nothing is written where it leads")
    func link() throws {
        try Folder.make(ScratchFolder.path.appending("elsewhere"))
        symlink("elsewhere", ScratchFolder.path.appending(".gallery").text)
        let gallery = Gallery(outbox: ScratchFolder.path)
        gallery.put(Self.manifest(0))
        #expect(throws: SystemError.self) { try gallery.write() }
        #expect(try Folder.names(in: ScratchFolder.path.appending("elsewhere")).isEmpty)
    }

    @Test("nothing is written into a folder that is not the outbox, as where a share is not mounted")
    func unmounted() throws {
        let place = ScratchFolder.path.appending("mountpoint")
        try Folder.make(place)
        let gallery = Gallery(outbox: place)
        gallery.put(Self.manifest(0))
        let error = #expect(throws: SystemError.self) { try gallery.write() }
        #expect(error?.subject == place.appending(".momentsd/lock"))
        #expect(try Folder.names(in: place).isEmpty)
    }

    @Test("what is under way or failed is named with its reason until it is over")
    func tasks() throws {
        let gallery = Gallery(outbox: ScratchFolder.path)
        var failed = Self.manifest(1, name: "broken.mp4", status: .failed)
        failed.error = JobError(.corruptMedia, "'broken.mp4' is damaged: no moov; copy it again.")
        var working = Self.manifest(2, name: "work.mp4", status: .processing)
        working.progress = 41.7
        for manifest in [failed, working, Self.manifest(3, name: "up.mp4", status: .uploading)] {
            gallery.take(manifest)
        }
        #expect(try gallery.write() == .written)
        var text = try page()
        #expect(text.contains("is damaged: no moov; copy it again.") && text.contains("value=\"41\""))
        #expect(text.contains("up.mp4") && text.contains("going on &lt;b&gt;"))
        gallery.forget(GallerySample.job(1))
        working.pretend(.cancelled)
        gallery.take(working)
        #expect(try gallery.write() == .written)
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
        gallery.put(Self.manifest(0, name: name))
        gallery.take(Self.manifest(1, name: name, status: .failed))
        #expect(try gallery.write() == .written)
        let text = try page()
        #expect(text.components(separatedBy: "<script").count == 2)
        #expect(!text.contains("\"onmouseover") && !text.contains("href=\"javascript:") && !text.contains("\u{202E}"))
        #expect(!text.contains("<<") && text.components(separatedBy: "<h1>").count == 2)
        #expect(try reopened().count == 1)
    }
}
