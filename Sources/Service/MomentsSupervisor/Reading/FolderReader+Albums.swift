internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What stands for folders of which one reel is made.
extension FolderReader {
    /// The album that stands for a folder; nil where the name is none of an album's, or nothing lies in the folder.
    func album(_ path: FilePath) -> AlbumFinder.Album? {
        guard albums.isAlbum(path), case .missing = inbox.look(path) else { return nil }
        let hasRequest = store.requestStatus(for: path) != nil
        guard hasRequest || albums.scope == .every else { return nil }
        let all = TreeListing.of(path.parent, in: inbox, rules: rules) { _ in }
        let videos = videos(all)
        return albums.album(path, hasRequest: hasRequest, in: wantsPhotos(path) ? videos.withPhotos : videos)
    }

    /// The videos of a listing, each with those that go on with it.
    func videos(_ all: TreeListing) -> AlbumFinder.Videos {
        var videos = all.videos.filter { path, status in
            status.kind == .regular && !Story.isStory(path) && !finder.isCompanion(path, in: all)
                && !strays.isStray(path, status)
        }
        var parts: [FilePath: [FilePath]] = [:]
        for (first, others) in sequences.sequences(in: all) {
            parts[first] = others
            videos[first] = videos[first].map { sequences.status(of: first, $0, parts: others) }
            for other in others { videos[other] = nil }
        }
        return AlbumFinder.Videos(statuses: videos, parts: parts, photos: photos(all))
    }

    /// The photos of a listing, but for those that belong to a video.
    private func photos(_ all: TreeListing) -> [FilePath: FileStatus] {
        all.videos.filter { path, status in
            StrayRules.isPhoto(path) && strays.isStray(path, status) && !finder.isCompanion(path, in: all)
        }
    }

    /// Whether an album shows photos.
    private func wantsPhotos(_ album: FilePath) -> Bool { options(of: album)?.photos ?? false }

    /// What is asked of an album; nil where nobody asks.
    private func options(of album: FilePath) -> AlbumOptions? {
        guard let status = store.requestStatus(for: album) else { return nil }
        if let known = albums.options[album], known.status == status { return known.options }
        // Nothing of one that cannot be read or is none.
        let options = (try? request(album).wish.get())?.options.album ?? AlbumOptions()
        albums.options[album] = (status, options)
        return options
    }

    /// Adds what stands for folders with an album, and takes out the videos that are only seen in one.
    ///
    /// - Parameters:
    ///   - listing: The videos, each recording in several files as one.
    ///   - recordings: The files that go on with the first one of such a recording.
    ///   - all: All files.
    func addAlbums(_ listing: inout TreeListing, _ recordings: [FilePath: [FilePath]], of all: TreeListing) {
        // Stories are made of pictures; no reel shows what they made.
        let videos = AlbumFinder.Videos(
            statuses: listing.videos.filter { !Story.isStory($0.key) },
            parts: recordings,
            photos: photos(all)
        )
        let folders = Set(listing.folders)
        for path in albums.places(in: listing) where listing.videos[path] == nil && !folders.contains(path) {
            let hasRequest = listing.requests[ManifestName.request(of: path)] != nil
            let own = wantsPhotos(path) ? videos.withPhotos : videos
            guard let album = albums.album(path, hasRequest: hasRequest, in: own) else { continue }
            listing.videos[path] = album.status
        }
        listing.videos = listing.videos.filter { albums.isAlbum($0.key) || !isHidden($0.key, $0.value) }
    }

    /// What stands for the folders some files lie in, where it is an album's or may become one's.
    func albumPlaces(around paths: [FilePath]) -> Set<FilePath> {
        guard let scope = albums.scope else { return [] }
        var found: Set<FilePath> = []
        for path in paths where !albums.isAlbum(path) {
            let places = AlbumFinder.places(above: path)
            found.formUnion(places.filter { found.contains($0) || store.requestStatus(for: $0) != nil })
            if scope == .every { found.formUnion(places.prefix(1)) }
        }
        return found
    }

    /// Whether a video is only wanted in an album, and gets no reel of its own.
    func isHidden(_ path: FilePath, _ status: FileStatus) -> Bool {
        guard albums.scope != nil, !Story.isStory(path) else { return false }
        var folder = path
        while !folder.isEmpty {
            folder = folder.parent
            let album = folder.appending(AlbumFinder.name)
            guard options(of: album)?.singles == false, let request = albums.options[album]?.status else { continue }
            if AlbumScope.maySpeak(request, for: status, in: folder) { return true }
        }
        return false
    }
}
