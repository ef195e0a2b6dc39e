internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// Whether what the configuration names is there and of use to whoever asks.
enum Installation {
    /// What is wrong, a sentence each; what is made at the start where it is missing is not.
    static func problems(_ settings: Settings) -> [String] {
        let folders = settings.folders
        var places = [("Inbox", folders.inbox), ("Outbox", folders.outbox), ("State", folders.state)]
        if settings.intake.afterSuccess == .archive { places.append(("Archive", folders.archive)) }
        if settings.intake.afterFailure == .quarantine { places.append(("Quarantine", folders.quarantine)) }
        return programs(settings) + places.compactMap { problem(of: $0.1, key: $0.0) } + rest(settings)
    }

    private static func programs(_ settings: Settings) -> [String] {
        let worker = settings.workers.program ?? WorkerCommand.besideUs ?? "moments-worker"
        var problems: [String] = []
        if !ProgramFinder.isThere(worker) {
            problems.append(
                "The worker '\(worker.display)' is no program that can be started; install moments-worker beside "
                    + "momentsd, or name it by [Workers] Program=."
            )
        }
        let commands =
            [
                ("[Workers] Launcher", settings.workers.launcher), ("[Judge] Command", settings.judge.command),
                ("[Transcript] Command", settings.transcript.command), ("[Voice] Command", voice(settings)),
                ("[Planner] Command", settings.engines.planner.command),
                ("[Subjects] Describe", settings.subjects.describe),
            ] + HookKind.allCases.map { ("[Hooks] \($0.key)", settings.hooks[$0]) }
            + settings.engines.generators.map { ("[Generator \($0.name)] Command", $0.command) }
        for (key, command) in commands {
            guard let program = command.first, !ProgramFinder.isThere(FilePath(program)) else { continue }
            problems.append(
                "\(key)= begins with '\(Escaping.excerpt(program))', which is no program that can be started; install it, "
                    + "or correct the line."
            )
        }
        return problems
    }

    /// The voice's command where somebody chose it: whoever wants no voices needs none installed.
    private static func voice(_ settings: Settings) -> [String] {
        settings.engines.voice.command == Settings().engines.voice.command ? [] : settings.engines.voice.command
    }

    /// What is named and is neither a program nor a folder of the service's own.
    private static func rest(_ settings: Settings) -> [String] {
        var problems = settings.subjects.models.filter { (try? FileStatus.of($0).kind) != .folder }.map {
            "[Subjects] Models= names '\($0.display)', which is no folder; make it, or correct the line."
        }
        if let group = settings.status.group, UnixSocket.number(ofGroup: group) == nil {
            problems.append(
                "[Status] Group= names '\(Escaping.excerpt(group))', and there is no such group; make it (groupadd --system), "
                    + "or correct the line."
            )
        }
        return problems
    }

    private static func problem(of folder: FilePath, key: String) -> String? {
        let real = (try? Folder.resolved(folder)) ?? folder
        guard let status = try? FileStatus.of(real) else {
            guard let parent = existingParent(of: folder), !isWritable(parent) else { return nil }
            return "[Folders] \(key)= (\(folder.display)) is not there, and user \(geteuid()) may not make it in "
                + "\(parent.display); make it, or give the service the right to."
        }
        guard status.kind == .folder else {
            return "[Folders] \(key)= (\(folder.display)) is no folder; name another, or move that file away."
        }
        guard isWritable(real) else {
            return "[Folders] \(key)= (\(folder.display)) cannot be read and written by user \(geteuid()); give the "
                + "service that right, or check as the service does (runuser -u momentsd -- momentsd --check)."
        }
        return nil
    }

    private static func existingParent(of folder: FilePath) -> FilePath? {
        var place = folder.parent
        while !place.isEmpty, (try? FileStatus.of(place)) == nil, place.parent != place { place = place.parent }
        return place.isEmpty ? nil : place
    }

    private static func isWritable(_ folder: FilePath) -> Bool { access(folder.text, R_OK | W_OK | X_OK) == 0 }
}
