internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Inbox and outbox as a whole: whether they are there, and still the same.
extension Supervisor {
    /// Whether the inbox is there and ours; if not, everything that has to do with it waits.
    func isInboxThere(at now: Double) -> Bool {
        do {
            // Back under another number, or there for the first time: everything has to be looked at.
            if try inboxGuard.check() {
                nextListing = now
                foldsCase = inbox.foldsCase(of: IgnoreRules.inboxMark)
            }
            settle(trouble: "inbox")
            return true
        } catch {
            pauseInbox(error.sentence, at: now)
            return false
        }
    }

    /// Whether the outbox is there and ours; if not, no job is started.
    func isOutboxThere(at now: Double) -> Bool {
        do {
            if try outboxGuard.check() { sweep() }
            settle(trouble: "outbox")
            return true
        } catch {
            raise("outbox", error.sentence)
            blockedUntil = now + min(5, configuration.reconcileInterval)
            return false
        }
    }

    /// Notes that the inbox cannot be used at this moment.
    func pauseInbox(_ reason: String, at now: Double) {
        raise("inbox", reason)
        nextReconcile = now + min(2, configuration.reconcileInterval)
        nextListing = now
    }

    /// Takes in that something was mounted or unmounted, perhaps over one of our folders.
    func mountsChanged() {
        // Others come and go without end on some machines.
        guard Patience.update() else { return }
        guardFolders(at: MonotonicClock.now)
        if wantsListing { reconcile() }
        rearm()
    }

    /// Whether the mounts below the inbox are not those that were listed.
    private var wantsListing: Bool { troubles["inbox"] == nil && troubles.keys.contains { $0.hasPrefix("folder-") } }

    /// Looks whether the folders are still the same.
    func guardFolders(at now: Double) {
        nextGuard = isGuardedByKernel ? .infinity : now + min(10, configuration.reconcileInterval)
        if isOutboxThere(at: now) == false { wantsSchedule = false }
        if troubles["inbox"] == nil, isInboxThere(at: now), now >= nextListing { reconcile() }
    }

    /// Whether the kernel tells when another file system comes in the place of one of our folders.
    ///
    /// Not on shares, and not where a link leads to it. A folder that is renamed away is found by the next full look.
    private var isGuardedByKernel: Bool {
        mounts != nil && troubles.isEmpty
            && [configuration.inbox, configuration.outbox].allSatisfy { folder in
                !Patience.isNeeded(at: folder) && !Patience.isByLink(folder)
            }
    }

    /// Removes what an earlier daemon left in staging, except for jobs that go on from it; only once all jobs are known,
    /// and as long as no worker of ours is at work there.
    func sweep() {
        guard runs.isEmpty, hasListed, troubles["inbox"] == nil else { return }
        do {
            for name in try outbox.sweep(keeping: { goesOn($0.text) }) {
                observer.note("Removed what an interrupted job left in staging: \(name.display).")
            }
        } catch { note("What an earlier daemon left in staging cannot be removed: \(error).") }
    }

    /// Whether a job is to be tried again, so that what its last attempt left is of use.
    func goesOn(_ jobID: String) -> Bool {
        guard let job = jobs.path(of: jobID).flatMap({ jobs[$0] }) else { return false }
        return job.manifest.status == .pending || job.manifest.status == .processing || job.retryAt != nil
    }

    /// Removes what the attempts at a job left that is no more; a worker that still is at it is waited for elsewhere.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - content: Its video's content, where another job may follow; what was found in it is kept.
    func discardWork(of jobID: String, content: String? = nil) {
        guard runs[jobID] == nil else { return }
        let outbox = outbox
        Task { await disk.run { try? outbox.removeStaging(of: jobID, content: content) } }
    }

    /// Brings the manifests of renamed videos to the disk, then removes those under the old names.
    func flushMoved() async {
        let waiting = moved
        guard !waiting.isEmpty else { return }
        let root = inbox.root
        let isSynced = await disk.run { (try? Folder.synchronizeFileSystem(of: root)) != nil }
        guard isSynced else {
            nextFlush = MonotonicClock.now + 5
            return rearm()
        }
        for (old, jobID) in waiting where moved[old] == jobID {
            moved[old] = nil
            if let new = jobs.path(of: jobID), isSameName(old, new) { continue }
            // Another video may have come under the old name; its manifest is its own.
            if jobs[old] == nil || jobs[old]?.isWritten == false { try? store.remove(old) }
        }
    }
}

extension FolderGuard.Trouble {
    /// What is wrong, for people.
    var sentence: String {
        switch self {
        case .absent(let sentence): sentence
        case .held(let error): error.description
        }
    }
}
