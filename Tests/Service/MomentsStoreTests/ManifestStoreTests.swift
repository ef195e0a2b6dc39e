import Glibc
import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("manifests on disk", .scratchFolder)
struct ManifestStoreTests {
    private let inbox = ScratchFolder.path
    private var store: ManifestStore { ManifestStore(inbox: RootedDirectory(inbox)) }

    private func manifest(_ name: FilePath) -> Manifest {
        Manifest(
            jobID: JobIdentifier.make(),
            source: SourceInfo(name: name, folder: "", size: 3, modifiedAt: Timestamp(milliseconds: 5000)),
            config: JobOptions(),
            preset: nil,
            at: Timestamp(milliseconds: 7000)
        )
    }

    @Test("a manifest is read as it was written, whatever the video's name")
    func roundTrip() throws {
        for name in ["a.mp4", FilePath(bytes: [0xff, 0x0a]), FilePath(String(repeating: "x", count: 255))] as [FilePath]
        {
            let written = manifest(name)
            try store.write(written)
            guard case .manifest(let read) = try store.read(name) else {
                Issue.record("no manifest for \(name)")
                continue
            }
            #expect(read == written)
            #expect(store.exists(name))
            try store.remove(name)
            #expect(!store.exists(name))
        }
        guard case .none = try store.read("a.mp4") else {
            Issue.record("a removed manifest is gone")
            return
        }
        #expect(try Folder.names(in: inbox).isEmpty)
    }

    @Test("a link, a pipe, a folder or something huge in its place is broken, and nothing is opened")
    func planted() throws {
        #expect(symlink("/etc/passwd", inbox.appending("link.moments.json").text) == 0)
        #expect(mkfifo(inbox.appending("pipe.moments.json").text, 0o644) == 0)
        try Folder.make(inbox.appending("folder.moments.json"))
        try AtomicFile.replace(inbox.appending("huge.moments.json"), with: [])
        truncate(inbox.appending("huge.moments.json").text, 1 << 30)
        for name in ["link", "pipe", "folder", "huge"] as [FilePath] {
            guard case .broken = try store.read(name) else {
                Issue.record("\(name) is no manifest")
                continue
            }
            #expect(try store.setAside(name) == name.adding(suffix: ".moments.json.broken-1"))
        }
    }

    @Test("nothing is written, moved or removed behind a link that took a folder's place")
    func linkedFolder() throws {
        let outside = inbox.appending("outside")
        let watched = inbox.appending("watched")
        for folder in [outside, watched] { try Folder.make(folder) }
        try AtomicFile.replace(outside.appending("a.mp4.moments.json"), with: Array("theirs".utf8))
        #expect(symlink(outside.text, watched.appending("folder").text) == 0)
        let store = ManifestStore(inbox: RootedDirectory(watched))
        var planted = manifest("a.mp4")
        planted.source.folder = "folder"
        #expect(throws: SystemError.self) { try store.write(planted) }
        #expect(throws: SystemError.self) { try store.setAside("folder/a.mp4") }
        try store.remove("folder/a.mp4")
        #expect(!store.exists("folder/a.mp4"))
        #expect(try Folder.names(in: outside) == ["a.mp4.moments.json"])
        #expect(try Descriptor.openRegular(outside.appending("a.mp4.moments.json")).status("").size == 6)
    }

    @Test("a folder that took a manifest's place is put aside by the next writing")
    func folderInPlace() throws {
        try Folder.make(inbox.appending("a.mp4.moments.json/inside"))
        try store.write(manifest("a.mp4"))
        #expect(try Folder.names(in: inbox) == ["a.mp4.moments.json", "a.mp4.moments.json.broken-1"])
    }

    @Test("a manifest whose attempts cannot be counted on is broken", arguments: [Int.max, Int.min, -1])
    func impossibleAttempts(_ attempts: Int) throws {
        var planted = manifest("a.mp4")
        planted.attempts = attempts
        try store.write(planted)
        guard case .broken = try store.read("a.mp4") else {
            Issue.record("\(attempts) attempts were never made")
            return
        }
    }

    @Test("a request is read up to its limit, and anything odd in its place is a bad request")
    func requests() throws {
        #expect(try store.request(for: "a.mp4") == nil)
        try AtomicFile.replace(inbox.appending("a.mp4.request.json"), with: Array("{}".utf8))
        #expect(try store.request(for: "a.mp4") == Array("{}".utf8))
        truncate(inbox.appending("a.mp4.request.json").text, 2 << 20)
        let error = #expect(throws: JobError.self) { try store.request(for: "a.mp4") }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.message.contains("1 MiB") == true)
    }

    @Test(
        "content is known again under another name, and other content of the same size is told apart",
        arguments: [1000, ContentIdentity.wholeSize, 3 << 20]
    )
    func identity(size: Int64) throws {
        let path = inbox.appending("x")
        func identity(_ change: Int?) throws -> String {
            var bytes = [UInt8](repeating: 1, count: Int(size))
            if let change { bytes[change] = 2 }
            try AtomicFile.replace(path, with: bytes, durable: false)
            return try ContentIdentity.of(try Descriptor.openRegular(path), path: path)
        }
        let whole = try identity(nil)
        #expect(try identity(nil) == whole)
        // The middle of the whole is not sampled, a thirteenth of it is.
        let places = [0, 1, Int(size) / 13, Int(size) - 1] + (size <= ContentIdentity.wholeSize ? [Int(size) / 2] : [])
        for place in places { #expect(try identity(place) != whole, "\(place)") }
        #expect(whole.hasPrefix("s\(size)-"))
    }

    @Test("files are compared byte by byte, also where the samples are the same")
    func same() throws {
        var bytes = [UInt8](repeating: 1, count: 3 << 20)
        let (one, two) = (inbox.appending("one"), inbox.appending("two"))
        try AtomicFile.replace(one, with: bytes, durable: false)
        try AtomicFile.replace(two, with: bytes, durable: false)
        #expect(try ContentIdentity.isSame(.openRegular(one), .openRegular(two), path: one))
        bytes[bytes.count / 2] = 2
        try AtomicFile.replace(two, with: bytes, durable: false)
        #expect(
            try ContentIdentity.of(.openRegular(one), path: one) == ContentIdentity.of(.openRegular(two), path: two)
        )
        #expect(try !ContentIdentity.isSame(.openRegular(one), .openRegular(two), path: one))
        bytes.removeLast()
        try AtomicFile.replace(two, with: bytes, durable: false)
        #expect(try !ContentIdentity.isSame(.openRegular(one), .openRegular(two), path: one))
    }
}
