internal import MomentsCore
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
    /// What is leaving the inbox.
    let departures: Departures
    /// What people's edits taught.
    let tastes: TasteDesk
    /// The file that tells what each owner has had.
    let turns: FilePath

    /// Shows a result, with the service's own books before and after.
    func publish(_ manifest: Manifest) -> Result<Manifest, JobError> {
        ledger.note(manifest)
        do {
            let completed = try outbox.publish(manifest, at: .now)
            ledger.note(completed)
            return .success(completed)
        } catch { return .failure(error) }
    }

    /// Removes what an earlier daemon left in staging, but for jobs that go on from it.
    ///
    /// - Returns: What is to be said of it.
    func sweep(keeping wanted: Set<String>) -> [Notice] {
        do {
            return try outbox.sweep(keeping: { wanted.contains($0.text) }).map { name in
                .note("Removed what an interrupted job left in staging: \(name.display).")
            }
        } catch { return [.problem("What an earlier daemon left in staging cannot be removed: \(error).")] }
    }
}
