internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWatch

/// Whether people may drop what the service can read, and the service write what people can fetch.
enum FolderChecks {
    static func findings(_ patient: Patient) -> [Finding] {
        patient.folders.flatMap { folder in service(folder.key, folder.path, patient) } + uploads(patient)
            + inside(patient) + requests(patient) + space(patient)
    }

    /// The folder as the service sees it.
    private static func service(_ key: String, _ folder: FilePath, _ patient: Patient) -> [Finding] {
        let check = key.lowercased()
        let place = Patient.quoted(folder)
        let user = patient.serviceUser
        guard Access(folder) != nil else {
            if Access(folder.parent) != nil, patient.may(nil, "x", folder.parent) == false {
                return [.note(check, "\(folder.display) cannot be looked at by you; as root more can be told", nil)]
            }
            let mode = key == "Inbox" ? "2770" : "2750"
            return [
                .fault(
                    check,
                    "[Folders] \(key)= (\(folder.display)) is not there",
                    "install -d -o \(user) -g \(user) -m \(mode) \(place)"
                )
            ]
        }
        guard let may = patient.may(patient.isRoot ? user : nil, "rwx", folder) else {
            return [
                .note(
                    check,
                    "\(folder.display) is there; the user \(user) is not, so nothing can be said of its rights"
                )
            ]
        }
        // Without being root, only one's own rights can be tried.
        if !patient.isRoot { return [.ok(check, "\(folder.display) is there")] }
        guard may else {
            return [
                .fault(
                    check,
                    "\(folder.display) cannot be read and written by the service's user \(user)",
                    "chgrp \(user) \(place) && chmod g+rwxs \(place)"
                )
            ]
        }
        return [.ok(check, "\(folder.display) can be read and written by the service")]
    }

    /// The inbox as those see it who drop videos.
    private static func uploads(_ patient: Patient) -> [Finding] {
        let inbox = patient.settings.folders.inbox
        guard let access = Access(inbox) else { return [] }
        let place = Patient.quoted(inbox)
        var findings: [Finding] = []
        if access.isGroupWritable && !access.handsGroupOn {
            findings.append(
                .warning(
                    "uploads",
                    "what people drop into \(inbox.display) gets their own group, so that the service may be unable to "
                        + "read it",
                    "chmod g+s \(place)"
                )
            )
        }
        if access.isWorldWritable {
            findings.append(
                .note(
                    "uploads",
                    "everybody on this machine may drop videos into \(inbox.display)",
                    "chmod o-rwx \(place)"
                )
            )
        }
        let isForAll = patient.isRoot && patient.person == nil
        return findings + [isForAll ? uploads(ofAll: access, inbox) : uploads(ofOne: patient, access, inbox)]
    }

    /// Who may drop videos, as root sees it.
    private static func uploads(ofAll access: Access, _ inbox: FilePath) -> Finding {
        if !access.isWorldWritable && !access.isGroupWritable {
            return .warning(
                "uploads",
                "nobody but its owner may drop videos into \(inbox.display)",
                opening(access, Patient.quoted(inbox))
            )
        }
        if !access.isWorldWritable && access.members.isEmpty {
            let name = Patient.quoted(access.groupName)
            return .warning(
                "uploads",
                "nobody is in the group \(access.groupName), which alone may drop videos into \(inbox.display)",
                "adduser NAME \(name)   # for each person; they log in anew"
            )
        }
        let who = access.members.isEmpty ? "everybody" : access.members.joined(separator: ", ")
        return .ok("uploads", "\(who) may drop videos into \(inbox.display)")
    }

    /// Whether one person may drop videos.
    private static func uploads(ofOne patient: Patient, _ access: Access, _ inbox: FilePath) -> Finding {
        let name = patient.person ?? getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "you"
        return switch patient.may(patient.person, "wx", inbox) {
        case true?: .ok("uploads", "\(name) may drop videos into \(inbox.display)")
        case false?:
            .fault(
                "uploads",
                "\(name) may not drop videos into \(inbox.display)",
                access.isGroupWritable && access.groupName != "root"
                    ? "adduser \(Patient.quoted(name)) \(Patient.quoted(access.groupName))   # then log in anew"
                    : opening(access, Patient.quoted(inbox))
            )
        case nil:
            .note("uploads", "what \(name) may do can only be tried as root", "sudo moments doctor --user \(name)")
        }
    }

    /// How the folder is opened to a group; to that of root nobody is to belong.
    private static func opening(_ access: Access, _ place: String) -> String {
        access.groupName == "root" ? "chgrp GROUP \(place) && chmod g+rwxs \(place)" : "chmod g+rwxs \(place)"
    }

    /// What lies in the inbox already and the service cannot get at.
    private static func inside(_ patient: Patient) -> [Finding] {
        let inbox = patient.settings.folders.inbox
        guard patient.isRoot, getpwnam(patient.serviceUser) != nil, Access(inbox) != nil else { return [] }
        let look: [FilePath] = [
            "runuser", "-u", FilePath(patient.serviceUser), "--", "find", inbox, "-xdev", "-not", "-name", ".*", "(",
            "-type", "d", "-not", "-writable", "-o", "-type", "f", "-not", "-readable", ")", "-print0",
        ]
        // find complains of folders it cannot enter, and names them all the same.
        guard let run = patient.run(look) else { return [] }
        let paths = run.output.split(separator: 0).map { FilePath(bytes: $0) }
        guard let first = paths.first else { return [.ok("rights", "all that is in the inbox can be worked on")] }
        let more = paths.count > 1 ? " and \(paths.count - 1) more" : ""
        return [
            .fault(
                "rights",
                "\(first.display)\(more) in the inbox cannot be used by the service: videos must be readable, and "
                    + "folders writable, since the manifest is put beside the video",
                "chgrp -R \(Patient.quoted(patient.serviceUser)) \(Patient.quoted(inbox)) && chmod -R g+rwX "
                    + "\(Patient.quoted(inbox)) && find \(Patient.quoted(inbox)) -type d -exec chmod g+s {} +"
            )
        ]
    }

    /// Requests that nothing obeys.
    private static func requests(_ patient: Patient) -> [Finding] {
        let (inbox, settings) = (patient.settings.folders.inbox, patient.settings)
        let rules = IgnoreRules(patterns: settings.intake.ignore)
        let listing = TreeListing.of("", in: RootedDirectory(inbox), rules: rules) { _ in }
        let lone = listing.loneRequests(hasAlbums: settings.folders.albums != .off)
        guard let first = lone.first else { return [] }
        let more = lone.count > 1 ? " (and \(lone.count - 1) more like it)" : ""
        let move = first.meant.map { meant in
            "mv -n \(Patient.quoted(inbox.appending(first.path))) \(Patient.quoted(inbox.appending(meant)))"
        }
        return [.warning("requests", String(first.sentence.dropLast()) + more, move)]
    }

    private static func space(_ patient: Patient) -> [Finding] {
        [("outbox", patient.settings.folders.outbox), ("state", patient.settings.folders.state)].compactMap {
            name,
            folder in
            guard let free = try? Folder.freeBytes(at: folder) else { return nil }
            let text = "\(Words.bytes(free)) are free on the file system of the \(name), \(folder.display)"
            if free > 2 << 30 { return .ok("space", text) }
            let remedy = "df -h \(Patient.quoted(folder)); du -sh \(Patient.quoted(folder))/* | sort -h | tail"
            return free > 200 << 20 ? .warning("space", text, remedy) : .fault("space", text, remedy)
        }
    }
}
