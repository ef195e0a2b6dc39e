internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// What workers found in videos, kept beyond their jobs: a job with another request goes on from there.
///
/// Up to four files and two folders for each content, as the worker left them; the worker knows what it was made of, and
/// whether it is of use. Losing any of it only costs time, so that nothing here fails.
struct Findings {
    /// The folder's name in staging.
    static let name: FilePath = "findings"
    // The worker's names of folders: the shots of stories, and what was encoded of a video.
    private static let folders: [(name: FilePath, suffix: String)] = [
        (".checkpoint-shots", ".shots"), (".checkpoint-pieces", pieces),
    ]
    private static let pieces = ".pieces"
    // The worker's names for what the analysis found and the pictures it kept, and what they are told apart by here.
    private static let checkpoints: [(name: FilePath, suffix: String)] = [
        (".checkpoint-analyze", ""), (".checkpoint-analyze-seen", ".seen"), (".checkpoint-stills", ".stills"),
        (".checkpoint-subjects", ".subjects"), (".checkpoint-describe", ".describe"),
    ]
    private static let mostFiles = 500
    private static let mostBytes: Int64 = 256 << 20
    /// Of what was encoded, which is counted apart: it must not drive out what takes longer to find again.
    private static let mostEncodedBytes: Int64 = 1 << 30

    /// The folder's name in which there is what albums need to know of single videos, here and in a job's staging folder.
    static let albums: FilePath = "album"
    private static let staged: FilePath = ".album"
    private static let mostVideos = 20_000

    private let folder: FilePath
    private let albums: FilePath

    /// Names the folder in staging; nothing is made yet.
    init(_ stagingRoot: FilePath) {
        folder = stagingRoot.appending(Self.name)
        albums = stagingRoot.appending(Self.albums)
    }

    /// Keeps what a job noted of videos for albums.
    func takeVideos(from staging: FilePath) {
        let found = staging.appending(Self.staged)
        guard (try? FileStatus.of(found))?.kind == .folder, let names = try? Folder.names(in: found) else { return }
        try? Folder.make(albums)
        for name in names where Self.isIdentity(name.text) {
            guard (try? FileStatus.of(found.appending(name)))?.kind == .regular else { continue }
            try? Folder.move(found.appending(name), to: albums.appending(name))
        }
        let all = (try? Folder.names(in: albums)) ?? []
        // Which of them are old does not matter: what is missing is looked for again.
        if all.count > Self.mostVideos {
            for name in all.dropLast(Self.mostVideos / 2) { try? Folder.removeFile(albums.appending(name)) }
        }
    }

    /// Lays what is kept of videos into an album's staging folder; it stays here too.
    func giveVideos(_ identities: [String], to staging: FilePath) {
        let place = staging.appending(Self.staged)
        guard !identities.isEmpty, (try? Folder.make(place)) != nil else { return }
        for identity in identities where Self.isIdentity(identity) {
            let kept = albums.appending(FilePath(identity))
            guard let size = try? FileStatus.of(kept).size, let opened = try? Descriptor.openRegular(kept),
                let bytes = try? opened.read(Int(min(size, 1 << 20)), at: 0, of: kept)
            else { continue }
            _ = try? AtomicFile.replace(place.appending(FilePath(identity)), with: bytes, durable: false)
        }
    }

    private static func isIdentity(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count < 100 && text.utf8.allSatisfy { $0 == 0x2d || (0x30...0x39).contains($0) }
    }

    /// Keeps what a job left in its staging folder, in place of what was kept of the same content.
    func take(from staging: FilePath, as content: String) {
        guard let place = place(of: content) else { return }
        for checkpoint in Self.checkpoints {
            let found = staging.appending(checkpoint.name)
            guard (try? FileStatus.of(found))?.kind == .regular else { continue }
            try? Folder.make(folder)
            try? Folder.move(found, to: place.adding(suffix: checkpoint.suffix))
        }
        for checkpoint in Self.folders {
            let found = staging.appending(checkpoint.name)
            guard (try? FileStatus.of(found))?.kind == .folder else { continue }
            let kept = place.adding(suffix: checkpoint.suffix)
            try? Folder.make(folder)
            try? Folder.removeTree(kept)
            try? Folder.moveWithoutReplacing(found, to: kept)
        }
        prune()
    }

    /// Moves what is kept of a content into a staging folder, unless something is there already.
    func give(_ content: String, to staging: FilePath) {
        guard let place = place(of: content) else { return }
        for checkpoint in Self.checkpoints {
            let kept = place.adding(suffix: checkpoint.suffix)
            guard (try? FileStatus.of(kept))?.kind == .regular else { continue }
            try? Folder.moveWithoutReplacing(kept, to: staging.appending(checkpoint.name))
        }
        for checkpoint in Self.folders {
            let kept = place.adding(suffix: checkpoint.suffix)
            guard (try? FileStatus.of(kept))?.kind == .folder else { continue }
            try? Folder.moveWithoutReplacing(kept, to: staging.appending(checkpoint.name))
        }
    }

    /// A content's name is digits and letters, but comes from a manifest, which strangers can write.
    private func place(of content: String) -> FilePath? {
        let isPlain = content.utf8.allSatisfy { $0 == 0x2d || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) }
        return isPlain && !content.isEmpty && content.utf8.count < 200 ? folder.appending(content) : nil
    }

    /// Removes the oldest, so that what stays is bounded.
    private func prune() {
        guard let opened = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
            let entries = try? Folder.entries(of: opened, path: folder)
        else { return }
        var (count, bytes, encoded) = (0, Int64(0), Int64(0))
        for entry in entries.sorted(by: { $0.status.changed > $1.status.changed }) {
            let path = folder.appending(entry.name)
            let length = entry.status.kind == .folder ? size(of: path) : entry.status.storedBytes
            let isEncoded = entry.name.text.hasSuffix(Self.pieces)
            if isEncoded { encoded += length } else { (count, bytes) = (count + 1, bytes + length) }
            let isTooMuch =
                isEncoded
                ? encoded > Self.mostEncodedBytes : count > Self.mostFiles || bytes > Self.mostBytes
            if isTooMuch { try? Folder.removeTree(path) }
        }
    }

    /// The bytes of the files in a folder.
    private func size(of folder: FilePath) -> Int64 {
        guard let opened = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
            let entries = try? Folder.entries(of: opened, path: folder)
        else { return 0 }
        return entries.reduce(0) { $0 + $1.status.storedBytes }
    }
}
