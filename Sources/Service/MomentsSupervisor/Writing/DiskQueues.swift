internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// The threads that read and write for the supervisor; each does one thing after the other, in the order of asking.
struct DiskQueues: Sendable {
    let places: Places
    /// Writes the small files.
    let keeper = SerialQueue(label: "momentsd.keeper", ioTimeout: .seconds(5))
    /// Moves and removes results and videos.
    let disk = SerialQueue(label: "momentsd.disk")
    /// Reads whole videos.
    let comparer = SerialQueue(label: "momentsd.comparer")

    /// Has a chore done.
    func start(_ chore: Chore) {
        let (places, outbox) = (places, places.outbox)
        switch chore {
        case .retract(let folder, let id): disk.async { try? outbox.retract(folder, of: id) }
        case .removeStaging(let id, let content): disk.async { try? outbox.removeStaging(of: id, content: content) }
        case .saveTurns(let accounts): keeper.async { accounts.save(to: places.turns) }
        case .saveHistory(let history): keeper.async { history.save() }
        case .cutOff(let id): keeper.async { places.ledger.cutOff(id) }
        case .strike(let id): keeper.async { places.ledger.forget(id) }
        }
    }
}
