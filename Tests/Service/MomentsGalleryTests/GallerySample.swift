import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport

/// Jobs as a gallery is told of them, and an outbox for it.
enum GallerySample {
    /// Makes the scratch folder an outbox in use.
    static func makeOutbox() throws {
        try Folder.make(ScratchFolder.path.appending(".momentsd"))
        try AtomicFile.replace(ScratchFolder.path.appending(Outbox.mark), with: "".utf8, durable: false)
    }

    /// The identifier of the job of that number.
    static func job(_ number: Int) -> String {
        "01900000-0000-7000-8000-\(String(number + 1_000_000_000_000).suffix(12))"
    }

    /// A job whose time and folder follow from its number.
    static func manifest(_ number: Int, name: FilePath = "a.mp4", status: JobStatus = .completed) -> Manifest {
        let time = Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 1000)
        var manifest = Manifest(
            jobID: job(number),
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

    /// Puts a result with that manifest into the outbox.
    static func store(_ manifest: Manifest) throws {
        guard let folder = manifest.result?.folder else { return }
        try Folder.make(ScratchFolder.path.appending(folder))
        let path = ScratchFolder.path.appending(folder).appending("manifest.json")
        try AtomicFile.replace(path, with: try MomentsJSON.document(manifest), durable: false)
    }

    /// The gallery's page; empty where there is none.
    static var page: String {
        let path = ScratchFolder.path.appending("index.html")
        let bytes = (try? Descriptor.openRegular(path).read(4 << 20, at: 0, of: path)) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }
}
