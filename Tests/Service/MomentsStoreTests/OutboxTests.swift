import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("publishing", .scratchFolder)
struct OutboxTests {
    private let outbox: Outbox
    /// The SHA-256 of "hello".
    private static let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

    init() throws {
        outbox = Outbox(root: ScratchFolder.path.appending("outbox"))
        try outbox.make()
    }

    private func job(_ name: FilePath, in folder: FilePath = "", bytes: Int64 = 5) throws -> Manifest {
        let source = SourceInfo(name: name, folder: folder, size: 1, modifiedAt: .now, contentID: "x")
        var manifest = Manifest(
            jobID: JobIdentifier.make(),
            source: source,
            config: JobOptions(),
            preset: nil,
            at: .now
        )
        manifest.begin(at: .now)
        let output = JobResult.Output(kind: "highlight", path: "highlight.mp4", bytes: bytes, sha256: Self.hello)
        manifest.result = JobResult(outputs: [output], inputDuration: 9, outputDuration: 5, segmentsSelected: 2)
        let staging = try outbox.prepareStaging(of: manifest.jobID)
        try AtomicFile.replace(staging.appending("highlight.mp4"), with: Array("hello".utf8))
        return manifest
    }

    @Test("what was encoded is no part of a result, outlives it, and is for the next job of that content only")
    func pieces() throws {
        let manifest = try job("beach.mp4")
        let folder = outbox.staging(of: manifest.jobID).appending(".checkpoint-pieces")
        try Folder.make(folder)
        try AtomicFile.replace(folder.appending("piece"), with: Array("encoded".utf8))
        let done = try outbox.publish(manifest, at: .now)
        #expect(
            try Folder.names(in: outbox.root.appending(done.result?.folder ?? "")).sorted()
                == ["highlight.mp4", "manifest.json"]
        )
        _ = try outbox.sweep()
        func given(_ job: String, _ content: String) throws -> [FilePath] {
            let staging = try outbox.prepareStaging(of: job, content: content)
            return try Folder.names(in: staging).flatMap { try Folder.names(in: staging.appending($0)) }
        }
        #expect(try given("other", "y") == [])
        #expect(try given("next", "x") == ["piece"])
        // It is with that job until that ends, however it ends.
        #expect(try given("beside", "x") == [])
        try outbox.removeStaging(of: "next", content: "x")
        #expect(try given("last", "x") == ["piece"])
    }

    @Test("a result appears whole under the video's name, mirrored by folder, and a second one gets a number")
    func publish() throws {
        let first = try outbox.publish(try job("beach.mp4", in: "holiday/2024"), at: .now)
        #expect(first.status == .completed)
        #expect(first.result?.folder == "holiday/2024/beach")
        let second = try outbox.publish(try job("beach.mov", in: "holiday/2024"), at: .now)
        #expect(second.result?.folder == "holiday/2024/beach (2)")
        let path = outbox.root.appending("holiday/2024/beach (2)/manifest.json")
        let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        #expect(try MomentsJSON.decode(Manifest.self, from: Data(bytes)) == second)
        #expect(try Folder.names(in: outbox.stagingRoot).isEmpty)
    }

    @Test("a folder never mirrors into a result, a file or a link, and a result never goes into a folder that mirrors")
    func collisions() throws {
        _ = try outbox.publish(try job("beach.mp4"), at: .now)
        #expect(try outbox.publish(try job("a.mp4", in: "beach"), at: .now).result?.folder == "beach (2)/a")
        #expect(try outbox.publish(try job("beach.mkv"), at: .now).result?.folder == "beach (3)")
        try AtomicFile.replace(outbox.root.appending("notes.txt"), with: [])
        #expect(symlink("/tmp", outbox.root.appending("link").text) == 0)
        #expect(try outbox.publish(try job("a.mp4", in: "notes.txt"), at: .now).result?.folder == "notes.txt (2)/a")
        // The page of all results is to have its name.
        #expect(try outbox.publish(try job("Index.HTML.mp4"), at: .now).result?.folder == "_Index.HTML")
        #expect(try outbox.publish(try job("a.mp4", in: "link"), at: .now).result?.folder == "link (2)/a")
        #expect(try outbox.publish(try job("..", in: "../.."), at: .now).result?.folder == "video/video/video")
    }

    @Test("names that a share takes for one, by case or by how an accent is written, get a number; folders are joined")
    func sameNames() throws {
        let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
        let first = try outbox.publish(try job(FilePath(composed + ".mp4"), in: "Trip"), at: .now).result?.folder
        let second = try outbox.publish(try job(FilePath(decomposed + ".mp4"), in: "trip"), at: .now).result?.folder
        let third = try outbox.publish(try job(FilePath(composed.uppercased() + ".mp4"), in: "trip"), at: .now).result?
            .folder
        #expect(first == FilePath("Trip/" + composed))
        #expect(second == FilePath("Trip/" + decomposed + " (2)"))
        #expect(third == FilePath("Trip/" + composed.uppercased() + " (3)"))
    }

    @Test("what the worker promised but did not leave is not published")
    func promises() throws {
        let short = try job("short.mp4", bytes: 6)
        let error = #expect(throws: JobError.self) { try outbox.publish(short, at: .now) }
        #expect(error?.kind == .verificationFailed)
        var escaping = try job("escaping.mp4")
        let output = JobResult.Output(kind: "highlight", path: "../lock", bytes: 0, sha256: "")
        escaping.result = JobResult(outputs: [output], inputDuration: 9, outputDuration: 5, segmentsSelected: 2)
        try AtomicFile.replace(outbox.root.appending(Outbox.mark), with: [])
        #expect(throws: JobError.self) { try outbox.publish(escaping, at: .now) }
        #expect(try Folder.names(in: outbox.root) == [".momentsd"])
    }

    @Test(
        "a result is not published that would not be believed when it is read again",
        arguments: [[".hidden"], ["manifest.json"], ["highlight.mp4", "highlight.mp4"], [".x/highlight.mp4"]]
    )
    func unbelievable(_ paths: [String]) throws {
        var manifest = try job("beach.mp4")
        for path in paths { try AtomicFile.replace(place(path, of: manifest), with: Array("hello".utf8)) }
        let outputs = paths.map { JobResult.Output(kind: "highlight", path: $0, bytes: 5, sha256: Self.hello) }
        manifest.result = JobResult(outputs: outputs, inputDuration: 9, outputDuration: 5, segmentsSelected: 2)
        let error = #expect(throws: JobError.self) { try outbox.publish(manifest, at: .now) }
        #expect(error?.kind == .verificationFailed)
        #expect(try Folder.names(in: outbox.root) == [".momentsd"])
    }

    private func place(_ path: String, of manifest: Manifest) throws -> FilePath {
        let place = outbox.staging(of: manifest.jobID).appending(FilePath(path))
        try Folder.make(place.parent)
        return place
    }

    @Test("what a result takes on the disk counts its folders too")
    func sizes() throws {
        var manifest = try job("beach.mp4")
        let plain = try outbox.publish(try job("plain.mp4"), at: .now).jobID
        try AtomicFile.replace(place("shots/shot.mp4", of: manifest), with: Array("hello".utf8))
        manifest.result?.outputs.append(
            JobResult.Output(kind: "shot", path: "shots/shot.mp4", bytes: 5, sha256: Self.hello)
        )
        let deep = try outbox.publish(manifest, at: .now).jobID
        let bytes = Dictionary(uniqueKeysWithValues: outbox.results().map { ($0.jobID, $0.bytes) })
        #expect(try #require(bytes[deep]) > #require(bytes[plain]))
    }

    @Test("what is no longer what was verified is not published")
    func changed() throws {
        let manifest = try job("beach.mp4")
        let file = outbox.staging(of: manifest.jobID).appending("highlight.mp4")
        try AtomicFile.replace(file, with: Array("HELLO".utf8))
        let error = #expect(throws: JobError.self) { try outbox.publish(manifest, at: .now) }
        #expect(error?.kind == .verificationFailed)
        #expect(error?.message.contains("'highlight.mp4' is not what was verified") == true)
        #expect(try Folder.names(in: outbox.root) == [".momentsd"])
    }

    @Test("links a worker left in its staging folder are not published")
    func links() throws {
        let manifest = try job("beach.mp4")
        #expect(symlink("/etc/passwd", outbox.staging(of: manifest.jobID).appending("extra").text) == 0)
        _ = try outbox.publish(manifest, at: .now)
        #expect(try Folder.names(in: outbox.root.appending("beach")) == ["highlight.mp4", "manifest.json"])
    }

    @Test("a job that was published before a crash is recognised, another of the same name is not")
    func recognised() throws {
        let first = try job("beach.mp4", in: "a")
        let other = try job("beach.mov", in: "a")
        _ = try outbox.publish(other, at: .now)
        #expect(outbox.published(first) == nil)
        let completed = try outbox.publish(first, at: .now)
        #expect(outbox.published(first) == completed)
    }

    @Test("the sweep leaves nothing in staging but the lock")
    func sweep() throws {
        let lock = try FolderLock(file: outbox.root.appending(Outbox.mark), purpose: "The outbox")
        _ = try job("beach.mp4")
        #expect(try outbox.sweep().count == 1)
        #expect(try Folder.names(in: outbox.stagingRoot) == ["lock"])
        let error = #expect(throws: LockError.self) {
            _ = try FolderLock(file: outbox.root.appending(Outbox.mark), purpose: "The outbox")
        }
        #expect(error?.description.contains("process \(getpid())") == true)
        withExtendedLifetime(lock) {}
    }

    @Test("a folder is locked without leaving anything in it, and the holder is named")
    func folderLock() throws {
        let folder = ScratchFolder.path.appending("inbox")
        try Folder.make(folder)
        let lock = try FolderLock(folder: folder, purpose: "The inbox")
        let error = #expect(throws: LockError.self) { _ = try FolderLock(folder: folder, purpose: "The inbox") }
        #expect(error?.holder == "process \(getpid())")
        #expect(try Folder.names(in: folder).isEmpty)
        withExtendedLifetime(lock) {}
    }

    @Test("a link in the place of the staging folder is not followed: nothing behind it is published, swept or removed")
    func stagingReplaced() throws {
        let job = try job("beach.mp4")
        let victim = ScratchFolder.path.appending("victim")
        try Folder.make(victim.appending(job.jobID))
        for name in ["keep", "\(job.jobID)/highlight.mp4"] {
            try AtomicFile.replace(victim.appending(name), with: Array("hello".utf8))
        }
        try Folder.move(outbox.stagingRoot, to: ScratchFolder.path.appending("away"))
        #expect(symlink(victim.text, outbox.stagingRoot.text) == 0)
        let error = #expect(throws: JobError.self) { try outbox.publish(job, at: .now) }
        #expect(error?.kind == .writeFailed)
        #expect(throws: SystemError.self) { try outbox.sweep() }
        // What is not there needs no removing; what is behind the link is not it.
        try? outbox.removeStaging(of: job.jobID)
        #expect(throws: SystemError.self) { try outbox.prepareStaging(of: job.jobID) }
        #expect(try Folder.names(in: victim).count == 2)
        #expect(try Folder.names(in: victim.appending(job.jobID)) == ["highlight.mp4"])
        #expect(try Folder.names(in: outbox.root) == [".momentsd"])
        // Nor does a daemon write its lock there.
        let guardian = FolderGuard(outbox.root, mark: Outbox.mark, purpose: "outbox", state: ScratchFolder.path)
        #expect(throws: FolderGuard.Trouble.self) { try guardian.check() }
        #expect(try Folder.names(in: victim).count == 2)
    }

    @Test("a folder that was moved away is waited for; one that was removed and made again is in use at once")
    func movedAway() throws {
        let (place, away) = (ScratchFolder.path.appending("inbox"), ScratchFolder.path.appending("inbox.old"))
        let mark: FilePath = ".momentsd"
        try Folder.make(place)
        let guardian = FolderGuard(place, mark: mark, purpose: "inbox", state: ScratchFolder.path)
        #expect(try guardian.check())
        try Folder.move(place, to: away)
        #expect(throws: FolderGuard.Trouble.self) { try guardian.check() }
        try Folder.make(place)
        do {
            _ = try guardian.check()
            Issue.record("a new folder was taken for the one that was moved away")
        } catch {
            guard case .absent(let sentence) = error else { throw error }
            #expect(sentence.contains("was moved away"))
        }
        try Folder.removeTree(place)
        try Folder.move(away, to: place)
        #expect(try !guardian.check())

        try Folder.removeTree(place)
        try Folder.make(place)
        #expect(try guardian.check())

        // Whoever means the new one says so by a mark.
        try Folder.move(place, to: away)
        try Folder.make(place)
        try AtomicFile.replace(place.appending(mark), with: [])
        #expect(try guardian.check())
    }

    @Test("where others may write into the outbox, they cannot move the staging folder away")
    func sticky() throws {
        #expect(chmod(outbox.root.text, 0o2775) == 0)
        #expect(outbox.protectStaging())
        var status = stat()
        #expect(stat(outbox.root.text, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o3775)
        #expect(chmod(outbox.root.text, 0o755) == 0)
        #expect(outbox.protectStaging())
        #expect(stat(outbox.root.text, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o755)
    }
}
