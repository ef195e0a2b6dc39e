internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem

/// The manifests and requests beside the videos in the inbox, which strangers can write to.
///
/// Every path given to it is a video's path below the inbox.
public struct ManifestStore: Sendable {
    /// What stands where a video's manifest would be.
    public enum Reading: Sendable {
        case none
        case manifest(Manifest)
        /// Something that is no manifest of ours; the reason is a clause for people.
        case broken(String)
    }

    /// The largest manifest or request that is read, in bytes.
    public static let sizeLimit = 1 << 20

    private let inbox: RootedDirectory

    /// Keeps the manifests of this inbox.
    public init(inbox: RootedDirectory) { self.inbox = inbox }

    /// Reads a video's manifest; anything that is not exactly one of ours is `broken`, and nothing of it is obeyed.
    ///
    /// Texts are cut to what ours can be, so that strangers' manifests take no more memory than ours.
    ///
    /// - Parameter video: The video.
    /// - Returns: What stands there.
    /// - Throws: `SystemError` when the disk fails; that says nothing of the manifest.
    public func read(_ video: FilePath) throws(SystemError) -> Reading {
        let path = ManifestName.manifest(of: video)
        let bytes: [UInt8]
        do { bytes = try content(of: path) } catch {
            if error.isMissing { return .none }
            guard [EINVAL, ELOOP, EFBIG, EACCES, EISDIR].contains(error.code) else { throw error }
            return .broken(error.code == EFBIG ? "it is larger than a manifest can be" : error.reason)
        }
        guard let manifest = try? MomentsJSON.decode(Manifest.self, from: Data(bytes)) else {
            if PartNote.isOne(bytes) { return .none }
            return .broken(bytes.isEmpty ? "it is empty" : "it is torn, or no manifest")
        }
        if let reason = manifest.impossibility { return .broken(reason) }
        return .manifest(manifest.cut())
    }

    /// Writes the manifest of the video it names; a folder that stands in its place is put aside.
    ///
    /// - Parameters:
    ///   - manifest: What is to stand there.
    ///   - place: Where its video lies, if not where it says.
    ///   - durable: Whether to wait for the disk.
    /// - Returns: What the kernel knows of what was written: anything else that stands there later is somebody else's.
    /// - Throws: `SystemError`; the old manifest then still stands.
    @discardableResult
    public func write(
        _ manifest: Manifest,
        beside place: FilePath? = nil,
        durable: Bool = true
    ) throws(SystemError) -> FileStatus {
        let video = place ?? manifest.source.path
        guard let document = try? MomentsJSON.document(manifest) else {
            preconditionFailure("a manifest has nothing that JSON cannot say")
        }
        do { return try replace(video, document, durable) } catch {
            guard error.code == EISDIR else { throw error }
            _ = try setAside(video)
            return try replace(video, document, durable)
        }
    }

    private func replace(_ video: FilePath, _ document: Data, _ durable: Bool) throws(SystemError) -> FileStatus {
        try inbox.holding(ManifestName.manifest(of: video)) { path throws(SystemError) in
            try AtomicFile.replace(path, with: document, durable: durable)
        }
    }

    /// Puts away something that is no manifest of ours, under a name of its own beside it; it is never destroyed.
    ///
    /// - Parameter video: The video whose manifest is broken.
    /// - Returns: The new path below the inbox.
    /// - Throws: `SystemError` when it cannot be renamed.
    public func setAside(_ video: FilePath) throws(SystemError) -> FilePath {
        let path = ManifestName.manifest(of: video)
        var number = 1
        while true {
            let other = path.adding(suffix: ".broken-\(number)")
            do {
                try inbox.holding(path) { place throws(SystemError) in
                    try Folder.moveWithoutReplacing(place, to: place.parent.appending(other.name))
                }
                return other
            } catch {
                guard error.alreadyExists, number < 10_000 else { throw error }
                number += 1
            }
        }
    }

    /// Removes a video's manifest; one that is not there is no error.
    public func remove(_ video: FilePath) throws(SystemError) {
        do {
            try inbox.holding(ManifestName.manifest(of: video)) { path throws(SystemError) in
                try Folder.removeFile(path)
            }
        } catch { if !error.isMissing { throw error } }
    }

    /// Notes beside a file that it goes on with a recording, whose manifest stands beside its first file.
    ///
    /// What anybody else put there stays.
    ///
    /// - Parameters:
    ///   - part: The file.
    ///   - video: The first file.
    public func point(_ part: FilePath, to video: FilePath) {
        let note = PartNote(of: video, from: part)
        let path = ManifestName.manifest(of: part)
        let old = try? content(of: path)
        guard old == nil || old.map(PartNote.isOne) == true || isManifest(old),
            let document = try? MomentsJSON.document(note),
            old != Array(document)
        else { return }
        _ = try? replace(part, document, false)
    }

    /// Removes such a note.
    public func removePointer(_ part: FilePath) {
        guard let bytes = try? content(of: ManifestName.manifest(of: part)), PartNote.isOne(bytes) else { return }
        try? remove(part)
    }

    /// Whether bytes are a manifest of ours: of a job that the file had by itself.
    private func isManifest(_ bytes: [UInt8]?) -> Bool {
        bytes.flatMap { try? MomentsJSON.decode(Manifest.self, from: Data($0)) } != nil
    }

    /// Whether a video's manifest is there, whatever it holds; where the disk cannot tell, it is taken to be.
    public func exists(_ video: FilePath) -> Bool {
        if case .missing = inbox.look(ManifestName.manifest(of: video)) { return false }
        return true
    }

    /// What the kernel knows of a video's manifest; nil where there is none, or it cannot tell.
    public func manifestStatus(of video: FilePath) -> FileStatus? {
        try? inbox.status(ManifestName.manifest(of: video))
    }

    /// A person's request for a video; nil without one.
    ///
    /// - Parameter video: The video.
    /// - Returns: The request's content, at most 1 MiB.
    /// - Throws: `JobError` of the kind `InvalidRequest` for one that is no plain file, `ReadFailed` where the disk fails.
    public func request(for video: FilePath) throws(JobError) -> [UInt8]? {
        let path = ManifestName.request(of: video)
        do { return try content(of: path) } catch {
            if error.isMissing { return nil }
            guard [EINVAL, ELOOP, EFBIG, EACCES, EISDIR].contains(error.code) else {
                // The disk's trouble, not the request's.
                let message = "The request '\(path.display)' cannot be read now (\(error.reason)); it is tried again."
                throw JobError(.readFailed, message, detail: error.description)
            }
            let reason =
                switch error.code {
                case EFBIG: "it is larger than 1 MiB"
                case EINVAL, EISDIR: "it is no file"
                case ELOOP: "it is a link"
                default: error.reason
                }
            throw JobError(
                .invalidRequest,
                "The request '\(path.display)' cannot be read (\(reason)); replace it by a plain JSON file, or remove it.",
                detail: error.description
            )
        }
    }

    /// The status of a video's request; nil without one.
    public func requestStatus(for video: FilePath) -> FileStatus? {
        try? inbox.status(ManifestName.request(of: video))
    }

    private func content(of path: FilePath) throws(SystemError) -> [UInt8] {
        let file = try inbox.openRegular(path)
        let bytes = try file.read(Self.sizeLimit + 1, at: 0, of: inbox.root.appending(path))
        guard bytes.count <= Self.sizeLimit else { throw SystemError("read", path, code: EFBIG) }
        return bytes
    }
}
