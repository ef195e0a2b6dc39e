internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// The gallery's files in the outbox, held while they are written: neither a link nor a share that went away has them
/// written elsewhere, and nobody else's page is touched.
struct GalleryFiles {
    /// The folder of the boxes in the outbox.
    static let folderName: FilePath = ".gallery"
    /// What tells a page of ours from anybody else's; it stands within its first bytes.
    static let mark = "<meta name=\"generator\" content=\"momentsd gallery\">"

    private let outbox: FilePath
    /// Where all of it is while it is held.
    private let held: FilePath

    private var page: FilePath { held.appending(Outbox.pageName) }

    /// Holds the outbox, and lends its files.
    ///
    /// - Parameters:
    ///   - outbox: The folder.
    ///   - body: What is to be done.
    /// - Returns: What `body` returns.
    /// - Throws: `SystemError`; ENOENT for a folder without the mark of an outbox in use, as where a share is not mounted.
    static func holding<Result>(
        _ outbox: FilePath,
        _ body: (GalleryFiles) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        let folder = try Descriptor.open(outbox, O_RDONLY | O_DIRECTORY)
        let held = FilePath("/proc/self/fd/\(folder.number)")
        do {
            _ = try FileStatus.of(held.appending(Outbox.mark))
            return try body(GalleryFiles(outbox: outbox, held: held))
        } catch {
            // The descriptor's path means nothing to people.
            let subject = error.subject.relative(to: held).map(outbox.appending) ?? error.subject
            throw SystemError(error.operation, subject, code: error.code)
        }
    }

    /// Whether the page's name is free, or the page is ours.
    var isPageOurs: Bool {
        guard (try? FileStatus.of(page)) != nil else { return true }
        guard let file = try? Descriptor.openRegular(page), let bytes = try? file.read(1024, at: 0, of: page) else {
            return false
        }
        // An empty one is what a power failure left.
        return bytes.isEmpty || String(decoding: bytes, as: UTF8.self).contains(Self.mark)
    }

    /// Puts a page in place of the one that is there.
    func replacePage(_ text: String) throws(SystemError) {
        try AtomicFile.replace(page, with: text.utf8, durable: false)
    }

    /// Holds the folder of the boxes, made where it is not there, and lends its path.
    func holdingBoxes<Result>(_ body: (FilePath) throws(SystemError) -> Result) throws(SystemError) -> Result {
        let path = held.appending(Self.folderName)
        if (try? FileStatus.of(path)) == nil { try Folder.make(path, mode: 0o755) }
        let folder = try Descriptor.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        let boxes = FilePath("/proc/self/fd/\(folder.number)")
        do { return try body(boxes) } catch {
            let subject = error.subject.relative(to: boxes).map(path.appending) ?? error.subject
            throw SystemError(error.operation, subject, code: error.code)
        }
    }

    /// Removes the page, where it is ours, and the boxes.
    func remove() throws(SystemError) {
        if isPageOurs { try Folder.removeFile(page) }
        if (try? FileStatus.of(held.appending(Self.folderName)))?.kind == .folder {
            try Folder.removeTree(held.appending(Self.folderName))
        }
    }
}
