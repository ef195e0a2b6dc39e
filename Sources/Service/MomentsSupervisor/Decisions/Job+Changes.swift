internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What happens to one job; each says what follows.
extension Job {
    /// Makes a new job of the video: new identifier, nothing of the old one's course.
    mutating func startOver(at now: Timestamp) -> [Action] {
        let old = manifest
        var actions: [Action] = [
            .stopWorker(old.jobID, .superseded), .discard(old.jobID, content: old.findingsKey),
            .strike(old.jobID), .due(path, .retry, nil),
        ]
        if isAnnounced { actions.append(.forget(old.jobID)) }
        let wish = wish
        manifest = Manifest(
            jobID: JobIdentifier.make(),
            source: old.source,
            config: old.config,
            preset: old.preset,
            at: now
        )
        // A cancelled job that is made anew is wanted after all.
        take(RequestSight(status: companions.request, wish: wish).withoutCancel)
        (told, crashes, isWary, distinct) = (nil, 0, false, [])
        if phase != .leaving { phase = .idle }
        return actions
    }

    /// Other content under the same name is a new job; the old one's result stays.
    mutating func replaceContent(at now: Timestamp) -> [Action] {
        let actions = startOver(at: now)
        manifest.source.contentID = nil
        return actions + [.save(path)]
    }

    /// Waits for the video again, whose content was never seen, or which is to be looked at anew.
    mutating func expectAgain(_ settleTime: Duration, at now: Moment) -> [Action] {
        let due = beginSettling(min(.seconds(1), settleTime), at: now)
        manifest.await("arriving")
        if phase != .leaving { phase = .idle }
        return [.due(path, .check, due), .save(path, durable: true)]
    }

    /// Ends the job because a person wants it to, while its video stays.
    mutating func cancelByHand(at now: Timestamp) -> [Action] {
        let id = manifest.jobID
        video = .settled
        manifest.cancel("cancelled by a person; moments retry does it after all", at: now)
        if phase != .leaving { phase = .idle }
        companions.wish = .asMade
        return [
            .stopWorker(id, .unwanted), .discard(id, content: nil), .due(path, .check, nil), .due(path, .retry, nil),
            .record(path), .save(path, durable: true),
        ]
    }

    /// Ways in which a worker ends without a word.
    static let ends: Set<ErrorKind> = [.workerCrashed, .workerOutOfMemory, .timedOut]

    /// Ends the job as failed.
    ///
    /// - Returns: When it is tried again; nil for never.
    mutating func fail(_ error: JobError, in stage: Stage?, _ schedule: RetrySchedule, at now: Moment) -> Moment? {
        crashes = error.kind == .workerCrashed ? crashes + 1 : 0
        isWary = Self.ends.contains(error.kind)
        let (final, next) = schedule.judge(error, attempts: manifest.attempts, crashes: crashes, at: .now)
        manifest.fail(final, in: stage, at: .now)
        manifest.nextAttemptAt = next
        if phase != .leaving { phase = .idle }
        return schedule.due(manifest, at: now)
    }

    /// Changes the one line for people while the video is arriving.
    mutating func say(_ message: String) -> [Action] {
        guard manifest.status == .uploading, manifest.message != message else { return [] }
        manifest.message = message
        return [.save(path)]
    }

    /// Says once that an upload does not get on.
    mutating func reportStall(_ reason: String, after stalledAfter: Duration, age: Duration) -> [Action] {
        guard age >= stalledAfter, var settling = video.settling, !settling.isStallTold else { return [] }
        settling.isStallTold = true
        video = .settling(settling)
        let time = ClockText.hoursMinutesSeconds(age.inSeconds)
        manifest.message += ", without a change for \(time)"
        return [
            .problem(
                "'\(path.display)' has not changed for \(time) and is not complete (\(reason)); copy it again if need be."
            ), .save(path),
        ]
    }

    /// Takes in what a request that changed amounts to.
    mutating func follow(_ request: RequestSight, at now: Moment) -> [Action] {
        take(request)
        let wasRemoved = request.status == nil
        switch request.wish {
        case .failure(let error) where error.kind == .readFailed:
            // A disk that fails is no wish for another result.
            return [.due(path, .request, now + .seconds(5))]
        case .success where isCancelWanted:
            let isOver = manifest.status.isFinal && manifest.nextAttemptAt == nil
            return isOver ? [] : cancelByHand(at: .now)
        default: break
        }
        switch manifest.status {
        case .uploading: return []
        case .cancelled: return wasRemoved ? [] : startOver(at: .now) + [.enqueue(path)]
        case .pending: return [.enqueue(path)]
        case .completed, .processing:
            // Taking a request back is no wish for another result.
            if isAsWanted || wasRemoved { return [] }
            return startOver(at: .now) + [.enqueue(path)]
        case .failed:
            let wasAtFault = [.invalidRequest, .unknownPreset].contains(manifest.error?.kind)
            guard wasAtFault || !isAsWanted && !wasRemoved else { return [] }
            return startOver(at: .now) + [.enqueue(path)]
        }
    }

    /// Tries the failed job again where it is wanted in another way than it failed.
    mutating func retryAsWanted() -> [Action] {
        guard manifest.status == .failed, content != nil, video.settling == nil, case .success(let wish) = wish,
            wish.options != manifest.config
        else { return [] }
        return startOver(at: .now) + [.enqueue(path)]
    }

    /// Tries the failed job again, because its time has come.
    mutating func tryAgain(_ settleTime: Duration, at now: Moment) -> [Action] {
        guard manifest.status == .failed else { return [] }
        manifest.nextAttemptAt = nil
        return content == nil ? expectAgain(settleTime, at: now) : [.enqueue(path)]
    }

    /// A removed manifest means: do it again; unless the job is under way anyway.
    mutating func redo(_ settleTime: Duration, at now: Moment) -> [Action] {
        guard manifest.status.isFinal else { return [.save(path, durable: true)] }
        let actions = startOver(at: .now)
        return actions + (content == nil ? expectAgain(settleTime, at: now) : [.enqueue(path)])
    }

    /// Compares what stands beside the video with what a listing has.
    func compareCompanions(_ listing: TreeListing, requestDelay: Duration, at now: Moment) -> [Action] {
        var actions: [Action] = []
        let found = listing.manifests[ManifestName.manifest(of: path)]
        let isOurs = found.flatMap { found in companions.manifest?.holdsTheSame(as: found) } ?? false
        if companions.isWritten, !isGone, !isOurs { actions.append(.due(path, .manifest, now)) }
        if listing.requests[ManifestName.request(of: path)] != companions.request {
            actions.append(.due(path, .request, now + requestDelay))
        }
        return actions
    }

    /// Takes in what stands in place of the manifest, where it is not the one that we wrote.
    mutating func take(
        _ sight: ManifestSight,
        isInboxThere: Bool,
        isKnown: (String) -> Bool,
        _ settleTime: Duration,
        at now: Moment
    ) -> [Action] {
        guard companions.isWritten else { return [] }
        switch sight {
        case .expected: return []
        // Only where the video is still there was the manifest removed, and not the whole share.
        case .missing(let video): return isInboxThere && video.video != nil ? redo(settleTime, at: now) : []
        case .other(let status, let reading):
            companions.manifest = status
            switch reading {
            case .none: return []
            case .manifest(let found) where found.jobID == manifest.jobID || isKnown(found.jobID): return [.save(path)]
            case .manifest, .broken:
                return [.setAside(path, reason: "it is not the one of this job"), .save(path, durable: true)]
            }
        }
    }

    /// Goes on under another configuration.
    mutating func reconfigure(_ request: RequestSight) -> [Action] {
        take(request)
        switch manifest.status {
        case .pending where phase != .working: return [.enqueue(path)]
        case .failed: return retryAsWanted()
        case .uploading: return [.due(path, .check, video.settling?.tracker.settlesAt)]
        default: return []
        }
    }
}
