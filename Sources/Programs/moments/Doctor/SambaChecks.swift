internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// Whether a Samba share of the inbox gives the service what it needs of each upload.
enum SambaChecks {
    /// A share, as testparm shows it.
    struct Share: Hashable {
        let name: String
        /// Its values, by keys in lower case without blanks.
        var values: [String: String] = [:]

        /// Whether a switch is on.
        func isOn(_ key: String, _ byDefault: Bool) -> Bool {
            values[key].map { ["yes", "true", "1", "on"].contains($0.lowercased()) } ?? byDefault
        }

        /// A mask in octal.
        func mask(_ key: String, _ byDefault: UInt32) -> UInt32 {
            values[key].flatMap { UInt32($0, radix: 8) } ?? byDefault
        }
    }

    /// The shares of `testparm -s`, with what [global] sets for all.
    static func shares(_ lines: [String]) -> [Share] {
        var shares: [Share] = []
        var common: [String: String] = [:]
        var current: Share?
        for line in lines {
            let line = line.trimmed
            if line.hasPrefix("["), line.hasSuffix("]") {
                if let current { shares.append(current) }
                let name = String(line.dropFirst().dropLast())
                current = name == "global" ? nil : Share(name: name, values: common)
                continue
            }
            let parts = line.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard parts.count == 2 else { continue }
            let key = parts[0].lowercased().filter { $0 != " " }
            if current == nil { common[key] = parts[1] } else { current?.values[key] = parts[1] }
        }
        return shares + (current.map { [$0] } ?? [])
    }

    static func findings(_ patient: Patient) -> [Finding] {
        guard let lines = patient.lines("testparm", "-s", "--suppress-prompt") else { return [] }
        let inbox = patient.settings.folders.inbox
        let serving = shares(lines).filter { share in
            guard let path = share.values["path"].map({ FilePath($0) }) else { return false }
            return path == inbox || inbox.relative(to: path) != nil
        }
        let example = "/usr/share/momentsd/examples/samba/momentsd.conf"
        let remedy =
            "cp \(example) /etc/samba/ && echo 'include = /etc/samba/momentsd.conf' >> /etc/samba/smb.conf && "
            + "smbcontrol all reload-config"
        guard !serving.isEmpty else {
            return [.note("samba", "Samba is here and shares no folder that holds the inbox", remedy)]
        }
        return serving.flatMap { share in judge(share, patient, remedy) }
    }

    /// What is wrong with a share.
    private static func judge(_ share: Share, _ patient: Patient, _ remedy: String) -> [Finding] {
        let name = Escaping.line(share.name)
        let group = Access(patient.settings.folders.inbox)?.groupName ?? patient.serviceUser
        var wrong: [String] = []
        if share.isOn("readonly", true) && !share.isOn("writeable", false) && !share.isOn("writable", false) {
            wrong.append("is read-only, so nobody can drop videos ('read only = no')")
        }
        let inherits = share.isOn("inheritpermissions", false)
        let forced = share.values["forcegroup"].map { $0.drop { $0 == "+" } == group[...] } ?? false
        let handsOn = Access(patient.settings.folders.inbox)?.handsGroupOn ?? false
        if !forced && !handsOn { wrong.append("leaves uploads their people's own group ('force group = \(group)')") }
        if !inherits && (share.mask("createmask", 0o744) | share.mask("forcecreatemode", 0)) & 0o040 == 0 {
            wrong.append("makes files their group cannot read ('create mask = 0660')")
        }
        if !inherits && (share.mask("directorymask", 0o755) | share.mask("forcedirectorymode", 0)) & 0o030 != 0o030 {
            wrong.append(
                "makes folders their group cannot write, where no manifest can be put ('directory mask = 2770', "
                    + "'force directory mode = 2770')"
            )
        }
        if wrong.isEmpty { return [.ok("samba", "the share [\(name)] gives uploads to the group \(group)")] }
        return wrong.map { .fault("samba", "the share [\(name)] \($0)", remedy) }
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        var rest = self[startIndex...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
