internal import MomentsCore

/// A video that has no result yet, or will have none, as the gallery shows it.
struct GalleryTask: Hashable, Sendable {
    let job: String
    let name: String
    let status: JobStatus
    /// 0–100.
    let progress: Double
    /// What there is to say of it: what goes on, or why it failed.
    let message: String
    /// What to show first: the latest change.
    let updated: Timestamp

    /// Makes a task of a job that is not completed; nil of others.
    init?(_ manifest: Manifest) {
        switch manifest.status {
        case .uploading, .pending, .processing, .failed: break
        case .completed, .cancelled: return nil
        }
        job = manifest.jobID
        name = Escaping.excerpt(manifest.source.folder.appending(manifest.source.name).text, limit: 300)
        status = manifest.status
        progress = manifest.progress
        message = Escaping.excerpt(manifest.error?.message ?? manifest.message, limit: 600)
        updated = manifest.updatedAt
    }
}
