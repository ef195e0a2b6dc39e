internal import MomentsStore
internal import MomentsSystem

/// What stands on the disks, besides what is looked at; for the threads that read and write.
struct Places: Sendable {
    let inbox: RootedDirectory
    let store: ManifestStore
    let outbox: Outbox
    /// What the service knows of its jobs.
    let ledger: Ledger
    /// The results of videos that left the inbox.
    let known: KnownResults
}
