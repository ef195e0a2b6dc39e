internal import MomentsCore
internal import MomentsSystem
public import Testing

/// Waits until something becomes true: looks now, and each time something has happened.
///
/// What it looks at has to be below the test's own folder, or be announced to `ScratchFolder.changes`.
///
/// - Parameters:
///   - seconds: How long it may take.
///   - what: What is waited for.
///   - sourceLocation: Who waits.
///   - condition: Looks; it changes nothing.
public func eventually(
    within seconds: Double = 120,
    _ what: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () -> Bool
) async {
    let changes = ScratchFolder.changes
    do { try await changes.follow(ScratchFolder.path) } catch {
        Issue.record(error, what, sourceLocation: sourceLocation)
        return
    }
    var seen = changes.count
    if condition() { return }
    let deadline = MonotonicClock.now + seconds
    // That the time is over is something that happens, too.
    let alarm = Alarm(on: Deadlines.queue) { changes.announce() }
    alarm.set(after: .seconds(seconds))
    while !Task.isCancelled, changes.failure == nil, MonotonicClock.now < deadline {
        await changes.next(after: seen)
        seen = changes.count
        if condition() { return }
    }
    if let failure = changes.failure { Issue.record(failure, sourceLocation: sourceLocation) }
    #expect(condition(), what, sourceLocation: sourceLocation)
}

/// Where the time limits of all who wait are kept.
private enum Deadlines {
    static let queue = SerialQueue(label: "test.deadlines")
}
