internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// One video at a time: waiting until it is whole, noticing that it is gone or that its content is new.
extension Supervisor {
    /// Does what is due for one video.
    func attend(_ path: FilePath, at now: Double) {
        guard let job = jobs[path] else { return }
        if let gone = job.goneSince {
            if now >= gone + Self.renameGrace { withdraw(path, at: now) }
            return plan(path)
        }
        if let due = job.requestAt, now >= due { applyRequest(path) }
        if let due = job.manifestAt, now >= due {
            jobs[path]?.manifestAt = nil
            // Only where the video is still there was the manifest removed, and not the whole share.
            let isRemoved = job.isWritten && !store.exists(path)
            if isRemoved, isInboxThere(at: now), case .there = look(path) { manifestRemoved(path) }
        }
        if let due = jobs[path]?.retryAt, now >= due { tryAgain(path, at: now) }
        if let due = jobs[path]?.checkAt, now >= due, !isStopping { check(path, at: now) }
        if let job = jobs[path], !job.isAnnounced, let tracker = job.tracker, now >= tracker.firstSeen + announceDelay {
            save(path, durable: false)
        }
        plan(path)
    }

    /// Looks at an arriving video again, and into it once it has been quiet for long enough.
    private func check(_ path: FilePath, at now: Double) {
        guard var job = jobs[path], var tracker = job.tracker else { return }
        job.checkAt = nil
        let status: FileStatus
        switch look(path) {
        case .there(let found) where isCandidate(path, found): status = found
        case .there, .missing:
            jobs[path] = job
            return lose(path)
        case .unknown(let error):
            jobs[path] = job
            return refuse(path, error, at: now)
        }
        let changed = tracker.observe(status, at: now, age: age(of: status, path))
        if changed { job.isStallTold = false }
        job.tracker = tracker
        job.status = status
        if job.manifest.status == .uploading {
            job.manifest.source.size = status.size
            job.manifest.source.modifiedAt = status.modifiedAt
        }
        guard !changed, tracker.isSettled(at: now) else {
            job.checkAt = tracker.settlesAt
            if changed { job.writerPause = 1 }
            jobs[path] = job
            return
        }
        if status.kind == .link {
            job.tracker = nil
            jobs[path] = job
            return refuseLink(path)
        }
        let age = quietAge(job, at: now)
        let isGivenUp = age >= configuration.giveUpAfter
        let patience = Arrival.Patience(
            settleTime: configuration.settleTime,
            isNew: job.manifest.source.contentID == nil
        )
        let arrival = Arrival.examine(path, in: inbox, age: age, patience, takesGaps: isGivenUp)
        jobs[path] = job
        switch arrival {
        case .whole(let contentID): accept(path, contentID, at: now)
        case .gone: lose(path)
        case .stillWritten(let patience):
            jobs[path]?.checkAt = now + min(pauseWithoutEvents(age: age), max(0.05, patience - age))
            explain(path, "arriving: another program still has it open for writing")
            reportStall(path, "another program still has it open for writing", age: age)
        case .incomplete(let gap, let contentID):
            // It was processed like this before, and was only touched since.
            if job.manifest.contentIs(contentID) { return accept(path, contentID, at: now) }
            if job.manifest.source.contentID != nil { replace(path) }
            if isGivenUp { return giveUp(path, gap) }
            let left = configuration.giveUpAfter - age
            jobs[path]?.checkAt = now + min(max(left, 0.05), pauseWithoutEvents(age: age))
            explain(path, "incomplete: \(gap.reason)")
            reportStall(path, gap.reason, age: age)
        case .unreadable(let error): refuse(path, error, at: now)
        }
    }

    /// A video that is whole goes into the queue, unless its content is what was processed already.
    private func accept(_ path: FilePath, _ contentID: String, at now: Double) {
        guard var job = jobs[path] else { return }
        settle(trouble: "inbox-file")
        job.tracker = nil
        job.checkAt = nil
        let known = job.manifest.source.contentID
        let isNew = known != nil && known != contentID
        jobs[path] = job
        if isNew { replace(path) }
        if known == nil, adoptOrphan(path, contentID: contentID) || followUnseenRename(to: path, contentID, at: now) {
            return
        }
        jobs[path]?.tracker = nil
        // Copied again, it may hold what the samples do not: a failed one is tried anew.
        let wasSavedAgain = job.manifest.status == .failed && job.manifest.source.modifiedAt != job.status.modifiedAt
        if wasSavedAgain, !isNew, known != nil { startOver(path) }
        jobs[path]?.manifest.source.size = job.status.size
        jobs[path]?.manifest.source.modifiedAt = job.status.modifiedAt
        jobs[path]?.manifest.source.contentID = contentID
        let status = jobs[path]?.manifest.status
        if status == .uploading || isNew || known == nil { enqueue(path) } else { save(path, durable: false) }
    }

    /// Other content under the same name is a new job; the old one's result stays.
    private func replace(_ path: FilePath) {
        startOver(path)
        jobs[path]?.manifest.source.contentID = nil
        jobs[path]?.manifest.message = "arriving"
        save(path)
    }

    /// Whether a name is watched: a regular file, or a link that is refused once it is quiet.
    func isCandidate(_ path: FilePath, _ status: FileStatus) -> Bool {
        status.kind == .regular || OutwardLink.isOne(path, status, in: inbox.root)
    }

    private func refuseLink(_ path: FilePath) {
        let name = path.name.display
        fail(
            path,
            JobError(
                .unsupportedFormat,
                "'\(name)' is a link that leads out of the inbox, and links are not followed; put the video itself there."
            ),
            in: nil
        )
    }

    private func giveUp(_ path: FilePath, _ gap: Job.Gap) {
        jobs[path]?.tracker = nil
        jobs[path]?.checkAt = nil
        let name = path.name.display
        fail(
            path,
            JobError(
                .corruptMedia,
                "'\(name)' never became complete (\(gap.reason)); copy it again, or repair it, and it is processed."
            ),
            in: nil,
            // Thousands may be given up at once, and each is found out again should this be lost.
            durable: false
        )
    }

    private func refuse(_ path: FilePath, _ error: SystemError, at now: Double) {
        if error.isPassing, let job = jobs[path] {
            jobs[path]?.checkAt = now + job.writerPause
            jobs[path]?.writerPause = min(job.writerPause * 2, Self.longestPause)
            raise("inbox-file", "A video cannot be read yet (\(error)); it is tried again by itself.")
            return explain(path, "arriving: it cannot be read yet (\(error.reason))")
        }
        jobs[path]?.tracker = nil
        jobs[path]?.checkAt = nil
        jobs[path]?.manifest.attempts += 1
        fail(
            path,
            JobError(
                .readFailed,
                "'\(path.name.display)' cannot be read (\(error.reason)); give the service the right to read it.",
                detail: error.description
            ),
            in: nil
        )
    }

    /// Changes the one line for people, and tells about it when it is new.
    private func explain(_ path: FilePath, _ message: String) {
        guard let job = jobs[path], job.manifest.status == .uploading, job.manifest.message != message else { return }
        jobs[path]?.manifest.message = message
        save(path, durable: false)
    }

    /// Says once that an upload does not get on.
    private func reportStall(_ path: FilePath, _ reason: String, age: Double) {
        guard let job = jobs[path], age >= configuration.stalledAfter, !job.isStallTold else { return }
        jobs[path]?.isStallTold = true
        let time = ClockText.hoursMinutesSeconds(age)
        note("'\(path.display)' has not changed for \(time) and is not complete (\(reason)); copy it again if need be.")
        jobs[path]?.manifest.message += ", without a change for \(time)"
        save(path, durable: false)
    }

    /// Seconds since the file last changed: by the clock on the wall when it was first seen, by one that never jumps since.
    func quietAge(_ job: Job, at now: Double) -> Double {
        guard let tracker = job.tracker else { return 0 }
        return now - tracker.stillSince + (tracker.stillSince == tracker.firstSeen ? job.firstAge : 0)
    }

    /// How long ago a file changed; 0 where another machine's clock tells.
    func age(of status: FileStatus, _ path: FilePath) -> Double {
        if Patience.isNeeded(at: inbox.root.appending(path)) { return 0 }
        return max(0, Double(Timestamp.now.milliseconds) / 1000 - Double(status.changed) / 1e9)
    }

    /// When to look again at a file of which something is missing, or that somebody has open for writing, in seconds.
    ///
    /// What is missing, and the end of writing, usually come with an event. Through file servers in user space, through
    /// another name of the file, and for one that had no name when it was opened, they come without; they are then found
    /// after a part of the time that nothing happened.
    private func pauseWithoutEvents(age: Double) -> Double {
        let crowd = min(20, 1 + Double(agenda.count) / 100)
        return min(max(0.5, age / 5) * crowd, age < 600 ? Self.longestPause : 600)
    }

    /// The longest pause between two looks at a file that does not get on, in seconds.
    private static let longestPause = 60.0
}

extension Manifest {
    /// Whether this is the content the job is about.
    func contentIs(_ other: String) -> Bool { source.contentID == other }
}

extension SystemError {
    /// Whether a share, a writer or this process is busy for a while, rather than the file bad.
    var isPassing: Bool {
        // EAGAIN, EBUSY, ETXTBSY, EIO, ESTALE, ETIMEDOUT, EINTR, ENOMEM, ENFILE, EMFILE, ENODEV, ENXIO, EHOSTDOWN, ENOTCONN
        [11, 16, 26, 5, 116, 110, 4, 12, 23, 24, 19, 6, 112, 107].contains(code)
    }
}
