internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// Finds which folders get one reel of all their videos.
///
/// Such an album stands in the place of a video that is not there: `FOLDER/album`, with `album.moments.json` and
/// `album.request.json` beside it; it changes whenever one of its videos does.
struct AlbumFinder {
    /// What stands for a folder.
    struct Album {
        /// Its videos and the files that go on with them, in the order of paths.
        let files: [FilePath]
        /// What would be known of a file that holds them all.
        let status: FileStatus
        /// Tells these videos from any others.
        let content: String
        /// How many videos are too many for it.
        let surplus: Int
    }

    /// Videos with what is known of them.
    struct Videos {
        var statuses: [FilePath: FileStatus]
        var parts: [FilePath: [FilePath]]
        /// Photos among them.
        var photos: [FilePath: FileStatus] = [:]

        /// The same with the photos as if they were videos.
        var withPhotos: Videos {
            Videos(statuses: statuses.merging(photos) { video, _ in video }, parts: parts)
        }
    }

    /// The name of what stands for a folder.
    static let name = ManifestName.album

    /// Which folders; nil for none.
    let scope: AlbumScope?
    /// What the request of each album asks for, as long as it has that status.
    var options: [FilePath: (status: FileStatus, options: AlbumOptions)] = [:]
    private let most: Int
    /// The most bytes that the names of an album's files may take in its manifest.
    private static let mostBytes = 512 << 10

    init(_ configuration: SupervisorConfiguration) {
        (scope, most) = (configuration.albums, configuration.mostInAlbum)
    }

    /// Whether a path stands for a folder, where no video has that name.
    func isAlbum(_ path: FilePath) -> Bool { scope != nil && path.name == Self.name }

    /// The same under a configuration.
    static func isAlbum(_ path: FilePath, _ configuration: SupervisorConfiguration) -> Bool {
        configuration.albums != nil && path.name == name
    }

    /// What may stand for the folders a path lies in.
    static func places(above path: FilePath) -> [FilePath] {
        var (places, folder) = ([FilePath](), path)
        while !folder.isEmpty {
            folder = folder.parent
            places.append(folder.appending(name))
        }
        return places
    }

    /// What may stand for folders of a listing.
    func places(in listing: TreeListing) -> [FilePath] {
        let requested = listing.requests.keys.compactMap { ManifestName.video(of: $0) }.filter { $0.name == Self.name }
        guard scope == .every else { return requested }
        let counts = listing.videos.keys.filter { !Story.isStory($0) }.reduce(into: [FilePath: Int]()) {
            $0[$1.parent, default: 0] += 1
        }
        let several = counts.filter { $0.value > 1 }.map { $0.key.appending(Self.name) }
        return Array(Set(requested + several))
    }

    /// What stands for a folder; nil where nothing lies in it.
    ///
    /// - Parameters:
    ///   - path: What stands for it.
    ///   - hasRequest: Whether somebody asked for it: then what lies in its folders is in it too.
    ///   - videos: What lies in the inbox, or in the folder.
    /// - Returns: What stands for it.
    func album(_ path: FilePath, hasRequest: Bool, in videos: Videos) -> Album? {
        let folder = path.parent
        let own = videos.statuses.keys.filter { video in
            guard video.name != Self.name, videos.statuses[video]?.kind == .regular else { return false }
            return hasRequest ? folder.isEmpty || video.relative(to: folder) != nil : video.parent == folder
        }
        let names = fitting(own.sorted(), videos)
        let statuses = names.compactMap { videos.statuses[$0] }
        guard let first = statuses.first, hasRequest || statuses.count > 1 else { return nil }
        let status = first.joined(with: Array(statuses.dropFirst()), names: Array(names))
        return Album(
            files: names.flatMap { [$0] + (videos.parts[$0] ?? []) },
            status: status,
            content: "album-\(status.identity)",
            surplus: own.count - names.count
        )
    }

    /// Those of an album's videos that it can hold: so many, and so that a manifest can name all of their files.
    private func fitting(_ all: [FilePath], _ videos: Videos) -> ArraySlice<FilePath> {
        var (count, bytes) = (0, 0)
        for video in all.prefix(most) {
            // A name that is no text is written in twice as many letters.
            bytes += ([video] + (videos.parts[video] ?? [])).reduce(0) { $0 + 2 * $1.bytes.count + 20 }
            if bytes > Self.mostBytes { break }
            count += 1
        }
        return all.prefix(count)
    }

    /// An album's videos for the worker, of those that are still there.
    ///
    /// - Parameters:
    ///   - manifest: The album's job.
    ///   - inbox: The inbox.
    ///   - root: Its path without links on the way.
    ///   - joinsFiles: Whether recordings in several files are one video.
    /// - Returns: The videos, each with the files that go on with it.
    static func files(
        _ manifest: Manifest,
        in inbox: RootedDirectory,
        at root: FilePath,
        joinsFiles: Bool
    ) -> [AlbumFile] {
        var listing = TreeListing()
        for path in manifest.source.parts {
            if case .there(let status) = inbox.look(path), status.kind == .regular { listing.videos[path] = status }
        }
        let sequences = SequenceFinder(inbox, rules: IgnoreRules(), isOff: !joinsFiles).sequences(in: listing)
        let later = Set(sequences.values.joined())
        return manifest.source.parts.compactMap { path in
            guard listing.videos[path] != nil, !later.contains(path) else { return nil }
            return AlbumFile(
                path: root.appending(path),
                parts: (sequences[path] ?? []).map { root.appending($0) },
                name: path.relative(to: manifest.source.folder) ?? path,
                isPhoto: manifest.config.album?.photos == true && isPhoto(path, in: inbox)
            )
        }
    }

    /// Whether a file is a photo by its name and its content.
    private static func isPhoto(_ path: FilePath, in inbox: RootedDirectory) -> Bool {
        guard StrayRules.isPhoto(path), let file = try? inbox.openRegular(path),
            let head = try? file.read(StrayRules.headLength, at: 0, of: path)
        else { return false }
        return StrayRules.isStray(path, head: head)
    }

    /// Under which name it is kept what an album needs to know of a video; nil where that is not there.
    static func identity(of file: AlbumFile) -> String? {
        let statuses = ([file.path] + file.parts).compactMap { try? FileStatus.of($0) }
        return statuses.first.map { $0.joined(with: Array(statuses.dropFirst())).identity }
    }
}
