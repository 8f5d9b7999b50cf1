"""Chooses the kernel that runs a notebook."""

from jupyter_client.kernelspec import KernelSpecManager


class Kernels:
    """The kernels that are installed; a given name is used for every notebook."""

    def __init__(self, given=None, manager=None):
        self.given = given
        self.manager = manager or KernelSpecManager()
        self.names = self.manager.find_kernel_specs().keys()

    def choose(self, metadata):
        """Returns the kernel's name, notes to show, and the reason if there is none for it."""
        spec = metadata.get("kernelspec", {})
        wanted = self.given or spec.get("name")
        language = spec.get("language") or metadata.get("language_info", {}).get("name")
        if wanted and wanted.lower() in self.names:
            own = wanted.lower() == "java" or self.given
            return wanted.lower(), [] if own else [f"ran with the kernel '{wanted}'"], None
        if not self.given and (language or "java").lower() == "java":
            if "java" not in self.names:
                return None, [], "the Java kernel is not installed; run ./workbench build"
            note = [f"the kernel '{wanted}' is not installed; ran with 'java'"] if wanted else []
            return "java", note, None
        what = f"needs the kernel '{wanted}'" if wanted else "names no kernel"
        what += f" for the language {language}" if language else ""
        known = ", ".join(sorted(self.names)) or "none"
        return None, [], f"{what}, which is not installed; installed: {known}"
