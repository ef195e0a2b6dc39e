internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// What follows from a look into a video that may be whole; pure.
struct ArrivalRules {
    let settleTime: Duration
    let giveUpAfter: Duration
    let stalledAfter: Duration
    /// How many deadlines there are: where many wait, each is looked at less often.
    var crowd = 0

    /// The longest pause between two looks at a video that does not get on.
    private static let longestPause = Duration.seconds(60)

    init(_ configuration: SupervisorConfiguration) {
        settleTime = configuration.settleTime
        giveUpAfter = configuration.giveUpAfter
        stalledAfter = configuration.stalledAfter
    }

    /// How long names of a moment (temporary files of programs nobody has heard of) get no manifest.
    var announceDelay: Duration { min(.seconds(1), settleTime / 2) }

    /// Whether a video has been arriving for so long that others go first.
    func isStale(_ job: Job, at now: Moment) -> Bool {
        guard let settling = job.video.settling else { return false }
        return settling.quietAge(at: now) > min(.seconds(600), giveUpAfter / 2)
    }

    /// Takes in what an examination told of a video that is still arriving.
    ///
    /// - Parameters:
    ///   - examination: What was found; not that it is missing.
    ///   - job: Its job.
    ///   - now: The moment.
    /// - Returns: What follows, and the content of a video that is whole.
    func judge(_ examination: Examination, _ job: inout Job, at now: Moment) -> (actions: [Action], whole: String?) {
        guard var settling = job.video.settling else { return ([], nil) }
        let path = job.path
        if case .unknown(let error) = examination.sighting { return (refuse(&job, error, at: now), nil) }
        guard let status = examination.sighting.video else { return ([], nil) }
        let changed = settling.tracker.observe(status, at: now, age: examination.age)
        if changed {
            settling.isStallTold = false
            settling.pause = .seconds(1)
        }
        job.status = status
        job.video = .settling(settling)
        if job.manifest.status == .uploading {
            job.manifest.source.size = status.size
            job.manifest.source.modifiedAt = status.modifiedAt
        }
        guard !changed, settling.tracker.isSettled(at: now) else {
            return ([.due(path, .check, settling.tracker.settlesAt)], nil)
        }
        if status.kind == .link { return (refuseLink(&job), nil) }
        guard let arrival = examination.arrival else { return ([.due(path, .check, now + .milliseconds(50))], nil) }
        job.take(examination.request)
        return judge(arrival, &job, age: settling.quietAge(at: now), at: now)
    }

    private func judge(
        _ arrival: Arrival,
        _ job: inout Job,
        age: Duration,
        at now: Moment
    ) -> (actions: [Action], whole: String?) {
        let path = job.path
        switch arrival {
        case .whole(let content): return ([], content)
        case .gone: return ([.due(path, .check, now + .milliseconds(50))], nil)
        case .unreadable(let error): return (refuse(&job, error, at: now), nil)
        case .stillWritten(let tolerance):
            let reason = "another program still has it open for writing"
            let pause = min(pauseWithoutEvents(age: age), max(.milliseconds(50), tolerance - age))
            return (
                [.due(path, .check, now + pause)] + job.say("arriving: \(reason)")
                    + job.reportStall(reason, after: stalledAfter, age: age), nil
            )
        case .incomplete(let gap, let content):
            // It was processed like this before, and was only touched since.
            if job.content == content { return ([], content) }
            var actions = job.content == nil ? [] : job.replaceContent(at: .now)
            if age >= giveUpAfter { return (actions + giveUp(&job, gap), nil) }
            let pause = min(max(giveUpAfter - age, .milliseconds(50)), pauseWithoutEvents(age: age))
            actions.append(.due(path, .check, now + pause))
            actions += job.say("incomplete: \(gap.reason)")
            actions += job.reportStall(gap.reason, after: stalledAfter, age: age)
            return (actions, nil)
        }
    }

    /// A video that is whole goes into the queue, unless its content is what was processed already.
    func accept(_ job: inout Job, _ content: String) -> [Action] {
        let path = job.path
        let known = job.content
        let isNew = known != nil && known != content
        job.video = .settled
        var actions: [Action] = [.settle(.video), .due(path, .check, nil)]
        // Copied again, it may hold what the samples do not: a failed one is tried anew.
        let wasSavedAgain = job.manifest.status == .failed && job.manifest.source.modifiedAt != job.status.modifiedAt
        if isNew {
            actions += job.replaceContent(at: .now)
        } else if wasSavedAgain, known != nil {
            actions += job.startOver(at: .now)
        }
        job.manifest.source.size = job.status.size
        job.manifest.source.modifiedAt = job.status.modifiedAt
        job.manifest.source.contentID = content
        let waits = job.manifest.status == .uploading || isNew || known == nil
        return actions + [waits ? .enqueue(path) : .save(path)]
    }

    private func refuseLink(_ job: inout Job) -> [Action] {
        job.video = .settled
        return [
            .fail(
                job.path,
                JobError(
                    .unsupportedFormat,
                    "'\(job.path.name.display)' is a link that leads out of the inbox, and links are not followed; put "
                        + "the video itself there."
                )
            )
        ]
    }

    private func giveUp(_ job: inout Job, _ gap: Arrival.Gap) -> [Action] {
        job.video = .settled
        let message =
            "'\(job.path.name.display)' never became complete (\(gap.reason)); copy it again, or repair it, and it is "
            + "processed."
        // Thousands may be given up at once, and each is found out again should this be lost.
        return [.due(job.path, .check, nil), .fail(job.path, JobError(.corruptMedia, message), durable: false)]
    }

    private func refuse(_ job: inout Job, _ error: SystemError, at now: Moment) -> [Action] {
        let path = job.path
        if error.isPassing, var settling = job.video.settling {
            let pause = settling.pause
            settling.pause = min(pause * 2, Self.longestPause)
            job.video = .settling(settling)
            return [
                .due(path, .check, now + pause),
                .raise(.video, "A video cannot be read yet (\(error)); it is tried again by itself."),
            ] + job.say("arriving: it cannot be read yet (\(error.reason))")
        }
        job.video = .settled
        job.manifest.attempts += 1
        let message = "'\(path.name.display)' cannot be read (\(error.reason)); give the service the right to read it."
        return [
            .due(path, .check, nil), .fail(path, JobError(.readFailed, message, detail: error.description)),
        ]
    }

    /// When to look again at a video of which something is missing, or that somebody has open for writing.
    ///
    /// What is missing, and the end of writing, usually come with an event. Through file servers in user space, through
    /// another name of the file, and for one that had no name when it was opened, they come without; they are then found
    /// after a part of the time that nothing happened.
    private func pauseWithoutEvents(age: Duration) -> Duration {
        let pause = max(.milliseconds(500), age / 5) * min(20, 1 + Double(crowd) / 100)
        return min(pause, age < .seconds(600) ? Self.longestPause : .seconds(600))
    }
}
