internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// Whether the service runs, may do what it is configured for, and is content itself.
enum ServiceChecks {
    static func findings(_ patient: Patient, _ client: StatusClient) -> [Finding] {
        unit(patient) + daemon(patient, client)
    }

    private static func unit(_ patient: Patient) -> [Finding] {
        let unit = patient.unit
        let wanted = [
            "LoadState", "ActiveState", "Result", "UnitFileState", "ProtectHome", "ProtectSystem", "ReadWritePaths",
        ]
        let words: [FilePath] = ["systemctl", "show", FilePath(unit)] + wanted.map { FilePath("--property=" + $0) }
        guard let run = patient.run(words), run.hasSucceeded else {
            return [.note("unit", "no systemd answers here; whoever starts momentsd looks after it")]
        }
        let values = Dictionary(
            run.text.split(separator: "\n").compactMap { line -> (String, String)? in
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            },
            uniquingKeysWith: { first, _ in first }
        )
        guard values["LoadState"] == "loaded" else {
            return [.fault("unit", "there is no unit \(unit)", "apt-get install ./momentsd_*.deb")]
        }
        var findings: [Finding] = []
        if values["ActiveState"] == "active" || values["ActiveState"] == "reloading" {
            findings.append(.ok("unit", "\(unit) is active"))
        } else {
            let state = values["ActiveState"] ?? "unknown", result = values["Result"] ?? ""
            findings.append(
                .fault(
                    "unit",
                    "\(unit) is \(state)" + (result == "success" || result.isEmpty ? "" : " (\(result))"),
                    "systemctl start \(unit) || journalctl -u \(unit) -n 20 -x"
                )
            )
        }
        if values["UnitFileState"] == "disabled" {
            findings.append(
                .warning("unit", "\(unit) does not start with the machine", "systemctl enable \(unit)")
            )
        }
        return findings + walls(values, patient)
    }

    /// Folders that the unit's own walls keep from the service.
    private static func walls(_ values: [String: String], _ patient: Patient) -> [Finding] {
        let homes: [FilePath] = ["/home", "/root", "/run/user"]
        let open = (values["ReadWritePaths"] ?? "").split(separator: " ").map { word in
            FilePath(String(word.drop { $0 == "-" || $0 == "+" }))
        }
        // What StateDirectory= gives is open without being listed.
        let closed = patient.folders.filter { folder in
            guard folder.path.relative(to: "/var/lib") == nil else { return false }
            let isInHome = homes.contains { folder.path == $0 || folder.path.relative(to: $0) != nil }
            if isInHome && values["ProtectHome"] == "yes" { return true }
            guard values["ProtectSystem"] == "strict" else { return false }
            return !open.contains { folder.path == $0 || folder.path.relative(to: $0) != nil }
        }
        guard !closed.isEmpty else { return [] }
        let paths = closed.map { Patient.quoted($0.path) }.joined(separator: " ")
        let names = closed.map { "\($0.key)=" }.joined(separator: " ")
        let isHome = closed.contains { folder in homes.contains { folder.path.relative(to: $0) != nil } }
        let lines = ["[Service]", "ReadWritePaths=" + paths] + (isHome ? ["ProtectHome=no"] : [])
        let content = lines.map { Patient.quoted($0) }.joined(separator: " ")
        let folder = "/etc/systemd/system/\(patient.unit).d"
        return [
            .fault(
                "unit",
                "the unit keeps \(names) from the service, which it may not write",
                "mkdir -p \(folder) && printf '%s\\n' \(content) > \(folder)/folders.conf && systemctl daemon-reload && "
                    + "systemctl restart \(patient.unit)"
            )
        ]
    }

    /// What the daemon says of itself.
    private static func daemon(_ patient: Patient, _ client: StatusClient) -> [Finding] {
        let health: HealthDocument
        do throws(Failure) { health = try client.ask("/health", accepting: [503], as: HealthDocument.self) } catch {
            return [.fault("daemon", Escaping.line(error.reason), "systemctl restart \(patient.unit)")]
        }
        var findings = health.report.reasons.map { reason in
            health.report.status == .unhealthy
                ? Finding.fault("daemon", Escaping.line(reason)) : Finding.warning("daemon", Escaping.line(reason))
        }
        if health.version != Version.text {
            findings.append(
                .warning(
                    "daemon",
                    "version \(Escaping.line(health.version)) runs, and \(Version.text) is installed",
                    "systemctl restart \(patient.unit)"
                )
            )
        }
        let failed = health.jobs[.failed]
        if failed > 0 {
            findings.append(.note("jobs", "\(failed) videos could not be done", "moments jobs --status failed"))
        }
        if findings.isEmpty {
            findings.append(.ok("daemon", "momentsd \(health.version) answers and is \(health.report.status.rawValue)"))
        }
        return findings
    }
}
