internal import MomentsCore
internal import MomentsStore

/// What becomes of a job whose worker has ended, and of a result that is shown.
extension JobScheduler {
    /// Does what follows from a worker's end.
    mutating func follow(
        _ verdict: Publisher.Verdict,
        _ run: Run,
        _ jobs: inout JobTable,
        _ configuration: SupervisorConfiguration,
        at now: Moment
    ) -> [Action] {
        let path = run.path
        guard var job = jobs[path] else { return [.dismiss(run.jobID)] }
        var actions: [Action] = []
        switch verdict {
        case .nothing: break
        case .publish(let result):
            _ = job.manifest.apply(.stageStarted(.publish), at: .now)
            job.manifest.result = result
            jobs[path] = job
            return [.told(path, .stageStarted(.publish)), .publish(job.manifest)]
        case .fail(let error, let stage): actions = [.fail(path, error, in: stage)]
        case .putBack(let message): actions = putBack(path, message, &jobs, configuration.order)
        case .awaitRoom: actions = awaitRoom(run, &jobs, configuration, at: now)
        case .again:
            job.manifest.putBack("waiting for a worker")
            jobs[path] = job
            actions = [.enqueue(path)]
        case .awaitAgain:
            job.manifest.await("arriving: it changed while it was processed")
            job.phase = .idle
            actions = [.due(path, .check, job.beginSettling(configuration.settleTime, at: now)), .save(path)]
            jobs[path] = job
        }
        return actions + [.dismiss(run.jobID)]
    }

    /// Takes in that a result is visible, or could not be made so.
    mutating func published(
        _ outcome: Result<Manifest, JobError>,
        _ run: Run,
        _ jobs: inout JobTable,
        _ configuration: SupervisorConfiguration,
        at now: Moment
    ) -> [Action] {
        let path = run.path
        guard var job = jobs[path], job.manifest.jobID == run.jobID, !job.isGone, !job.isCancelledByHand else {
            // Cancelled in the last moment: what has just become visible goes again. Or only renamed, which is not told
            // yet: then it is done again.
            if var job = jobs[path], job.manifest.jobID == run.jobID, job.isGone, job.phase == .working {
                job.manifest.putBack("waiting for a worker")
                line.lineUp(&job, configuration.order)
                jobs[path] = job
            }
            guard case .success(let manifest) = outcome, let folder = manifest.result?.folder else {
                return [.dismiss(run.jobID)]
            }
            return [.retract(folder, of: run.jobID), .dismiss(run.jobID)]
        }
        switch outcome {
        case .success(var manifest):
            manifest.source = job.manifest.source
            job.manifest = manifest
            (job.crashes, job.isWary) = (0, false)
            job.phase = .idle
            jobs[path] = job
            let isNoted = history.insert(manifest)
            return [
                .save(path, durable: true), .deadline(.tidying, now), isNoted ? .chore(.saveHistory(history)) : nil,
                .dismiss(run.jobID),
            ]
            .compactMap { $0 }
        case .failure(let error) where error.kind == .outOfSpace:
            return awaitRoom(run, &jobs, configuration, at: now) + [.dismiss(run.jobID)]
        case .failure(let error): return [.fail(path, error, in: .publish), .dismiss(run.jobID)]
        }
    }

    private mutating func putBack(
        _ path: FilePath,
        _ message: String,
        _ jobs: inout JobTable,
        _ order: QueueOrder
    ) -> [Action] {
        guard var job = jobs[path] else { return [] }
        job.manifest.putBack(message)
        line.lineUp(&job, order)
        jobs[path] = job
        line.accounts.takeBack(job.manifest.jobID)
        return saving + [.cutOff(job.manifest.jobID), .save(path, durable: true)]
    }

    /// Puts a job back that found no room for its result, and waits for more than it had.
    private mutating func awaitRoom(
        _ run: Run,
        _ jobs: inout JobTable,
        _ configuration: SupervisorConfiguration,
        at now: Moment
    ) -> [Action] {
        let needed = line.ranOutOfRoom(startedWith: run.freeAtStart, at: now)
        line.block(until: now + min(.seconds(15), configuration.reconcileInterval))
        let actions = putBack(run.path, "waiting for room in the outbox", &jobs, configuration.order)
        return actions + [
            .raise(.space, Self.sentence(place: "outbox has", free: run.freeAtStart, needed: needed)),
            .deadline(.schedule, line.blockedUntil),
        ]
    }
}
