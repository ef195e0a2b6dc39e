internal import MomentsCore
internal import MomentsGallery
internal import MomentsSupervisor

/// Passes on to the gallery what the supervisor does.
final class GalleryPublisher: JobObserver {
    private let gallery: GalleryKeeper

    init(_ gallery: GalleryKeeper) { self.gallery = gallery }

    func jobChanged(_ transition: JobTransition) { gallery.take(transition) }

    func jobRemoved(_ jobID: String) { gallery.forget(jobID) }

    func resultRemoved(_ folder: FilePath) { gallery.remove(folder) }
}
