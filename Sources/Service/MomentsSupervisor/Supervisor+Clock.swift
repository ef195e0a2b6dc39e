internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// What is due when: one alarm for everything.
extension Supervisor {
    /// Does everything that is due; never waits.
    func tick() {
        let now = MonotonicClock.now
        guard isStarted else { return }
        for path in duePaths(at: now) {
            agenda[path] = nil
            attend(path, at: now)
            // Thousands of files may settle at once: give way to workers' ends, and to the watchdog.
            if MonotonicClock.now - now > 0.2 { break }
        }
        dropOrphans(at: now)
        superviseRuns(at: now)
        writeAgain(at: now)
        if let due = nextFlush, now >= due {
            nextFlush = nil
            Task { await flushMoved() }
        }
        if !isStopping {
            if now >= nextHours { observeHours(at: now) }
            if now >= nextGuard { guardFolders(at: now) }
            if watch.takeOverdueCanary(at: now) { reconcile() }
            if now >= nextReconcile { lookThrough(at: now) }
            if watch.isPolling, now >= nextPoll { poll(at: now) }
            if watch.isPolling, !runs.isEmpty, now >= nextRunLook { lookAfterRuns(at: now) }
            if now >= nextTidying { tidy(at: now) }
            if now >= blockedUntil ?? .infinity { wantsSchedule = true }
        }
        reportHealth(at: now)
        if now >= stopBy { endStop() }
        rearm()
    }

    /// Starts what can be started, and sets the alarm for whatever is due first; ends everything that wakes this queue.
    func rearm() {
        if wantsSchedule {
            wantsSchedule = false
            schedule()
        }
        var due = agenda.values.min() ?? .infinity
        for run in runs.values {
            due = min(due, run.killAt ?? .infinity, run.stallsAt(configuration.stallTimeout))
        }
        for orphan in orphans.values { due = min(due, orphan.until) }
        if !isStopping {
            due = min(due, nextReconcile, watch.isPolling ? nextPoll : .infinity, blockedUntil ?? .infinity)
            if watch.isPolling, !runs.isEmpty { due = min(due, nextRunLook) }
            due = min(due, nextHours, nextGuard, watch.canaryDue ?? .infinity, nextTidying)
        }
        due = min(due, stopBy, nextHealth ?? .infinity, nextRewrite ?? .infinity, nextFlush ?? .infinity)
        alarm?.set(after: due == .infinity ? nil : max(0.02, due - MonotonicClock.now))
    }

    /// The videos that are due, what arrives before what has been waiting for long: thousands may be given up at once.
    private func duePaths(at now: Double) -> [FilePath] {
        let due = agenda.filter { $0.value <= now }
        if due.count < 2 { return Array(due.keys) }
        return due.map { path, time in (isStale: isStale(path, at: now), time: time, path: path) }
            .sorted { ($0.isStale ? 1 : 0, $0.time) < ($1.isStale ? 1 : 0, $1.time) }
            .map(\.path)
    }

    private func isStale(_ path: FilePath, at now: Double) -> Bool {
        guard let job = jobs[path], job.tracker != nil else { return false }
        return quietAge(job, at: now) > min(600, configuration.giveUpAfter / 2)
    }

    /// Where nothing tells that a video was removed, its worker is not to go on until the folder is looked at.
    private func lookAfterRuns(at now: Double) {
        nextRunLook = now + 0.5
        for run in runs.values {
            if case .missing = look(run.path), isInboxThere(at: now) { lose(run.path) }
        }
    }

    /// Notes when a job has to be looked after next, from what it waits for.
    func plan(_ path: FilePath) {
        guard let job = jobs[path] else {
            agenda[path] = nil
            return
        }
        var due = Double.infinity
        if let gone = job.goneSince { due = min(due, gone + Self.renameGrace) }
        if let check = job.checkAt { due = min(due, check) }
        if let request = job.requestAt { due = min(due, request) }
        if let manifest = job.manifestAt { due = min(due, manifest) }
        if !job.isAnnounced, let tracker = job.tracker { due = min(due, tracker.firstSeen + announceDelay) }
        if let retry = job.retryAt { due = min(due, retry) }
        agenda[path] = due == .infinity ? nil : due
    }

    /// The two halves of a rename are reported together; this is how long the second may take.
    static let renameGrace = 0.3

    /// Short-lived names (temporary files of programs nobody has heard of) get no manifest.
    var announceDelay: Double { min(1, configuration.settleTime / 2) }

    /// Suspends the workers outside the working hours, and lets them go on inside.
    func observeHours(at now: Double) {
        guard let hours = configuration.hours else {
            nextHours = .infinity
            return rest(false, at: now)
        }
        // Asked again now and then, because the clock on the wall may be set.
        nextHours = now + min(30, hours.secondsToChange(from: LocalTime.secondOfDay))
        rest(!hours.contains(LocalTime.secondOfDay), at: now)
    }

    private func rest(_ wanted: Bool, at now: Double) {
        guard wanted != isResting else { return }
        isResting = wanted
        for run in runs.values { run.suspend(wanted, at: now) }
        wantsSchedule = true
        observer.note(
            wanted
                ? "Outside [Workers] Hours=: \(runs.isEmpty ? "no worker is started" : "workers are suspended") until then."
                : "Inside [Workers] Hours= again: work goes on."
        )
    }
}
